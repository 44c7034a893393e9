package dev.ringside.app.demo.client;

import dev.ringside.app.demo.flights.Flights;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is sent on an event day, in order of event time: a question for each flight that leaves, and reports of those that
 * have landed, each after the question for its flight.
 *
 * @param day the day, UTC
 * @param steps in order
 */
record DayPlan(LocalDate day, List<Step> steps) {
    /** Flights in one post: each has two outcomes, and a post has at most 200. */
    static final int FLIGHTS_A_POST = 100;

    /** Something to send. */
    sealed interface Step {}

    /**
     * Ask for a prediction.
     *
     * @param flight the flight that leaves
     */
    record Ask(int flight) implements Step {}

    /**
     * Report what became of flights.
     *
     * @param flights those that have landed, in that order
     */
    record Report(List<Integer> flights) implements Step {
        Report {
            flights = List.copyOf(flights);
        }
    }

    DayPlan {
        steps = List.copyOf(steps);
    }

    /** The number of flights that leave. */
    int questions() {
        return (int) steps.stream().filter(Ask.class::isInstance).count();
    }

    /** The plans of all days from the first departure to the last landing, without gaps. */
    static List<DayPlan> of(Flights flights) {
        Integer[] landings = IntStream.range(0, flights.size()).boxed().toArray(Integer[]::new);
        // Ties in the order of departure: the sort is stable.
        Arrays.sort(landings, Comparator.comparing(flights::landed));
        var plans = new ArrayList<DayPlan>();
        int asked = 0;
        int reported = 0;
        for (LocalDate day = flights.size() == 0 ? LocalDate.EPOCH : dayOf(flights.departed(0));
                reported < landings.length;
                day = day.plusDays(1)) {
            Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            var steps = new ArrayList<Step>();
            var waiting = new ArrayList<Integer>();
            while (true) {
                boolean leaves =
                        asked < flights.size() && flights.departed(asked).isBefore(end);
                boolean lands = reported < landings.length
                        && flights.landed(landings[reported]).isBefore(end);
                if (leaves && !(lands && flights.landed(landings[reported]).isBefore(flights.departed(asked)))) {
                    steps.add(new Ask(asked++));
                } else if (lands) {
                    waiting.add(landings[reported++]);
                    if (waiting.size() == FLIGHTS_A_POST) {
                        steps.add(new Report(waiting));
                        waiting.clear();
                    }
                } else {
                    break;
                }
            }
            if (!waiting.isEmpty()) {
                steps.add(new Report(waiting));
            }
            plans.add(new DayPlan(day, steps));
        }
        return plans;
    }

    private static LocalDate dayOf(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
