package dev.ringside.app.demo.report;

import dev.ringside.app.demo.client.Answers;
import dev.ringside.app.demo.flights.Flights;
import dev.ringside.app.demo.flights.Warning;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Each arm counted once more by the client, which knows of every flight what it was answered and what became of it. The
 * rules stand here a second time, in the simplest words, and share nothing with the platform's: a flight is a unit, one
 * that leaves while its region enrols is in an arm, and its value counts if it lands in time.
 */
public final class Recount {
    private static final Duration EARLY = Duration.ofSeconds(5);
    private static final Duration WINDOW = Duration.ofHours(36);
    private static final double ROUNDING = 1e-9;

    private final Flights flights;
    private final Answers answers;

    public Recount(Flights flights, Answers answers) {
        this.flights = flights;
        this.answers = answers;
    }

    /** One sentence for each number of the platform that is another one here; none if all agree. */
    public List<String> differences(List<ExperimentView> views) {
        var differences = new ArrayList<String>();
        for (ExperimentView view : views) {
            for (ExperimentView.Region region : view.regions()) {
                String where = view.name() + " " + region.segment();
                enrolment(view, region, where, differences);
                if (region.hasStarted()) {
                    for (ExperimentView.Arm arm : region.arms()) {
                        arm(view, region, arm, where + " " + arm.variant(), differences);
                    }
                }
            }
        }
        return differences;
    }

    private void enrolment(ExperimentView view, ExperimentView.Region region, String where, List<String> differences) {
        Instant from = region.startedAt();
        // Who comes later than the longest duration gets an arm too, and is not counted: the last who are have theirs
        // until
        // their window is over.
        Instant until =
                from == null ? null : nextDay(from.plus(view.maxDuration()).plus(view.longestWindow()));
        Instant ended = region.endedAt() == null ? region.pausedAt() : region.endedAt();
        if (until != null && ended != null && ended.isBefore(until)) {
            until = ended;
        }
        for (int flight = 0; flight < flights.size(); flight++) {
            if (flights.origin(flight).equals(region.segment())) {
                Instant departed = flights.departed(flight);
                boolean due = from != null && until != null && !departed.isBefore(from) && departed.isBefore(until);
                if (due != view.name().equals(answers.experiment(flight))) {
                    differences.add(where + ": flight " + flights.unit(flight) + " of " + departed + " was "
                            + (due ? "not enrolled" : "enrolled")
                            + (from == null
                                    ? ", before its region has started"
                                    : ", its region enrols from " + from + " to " + until));
                    return;
                }
            }
        }
    }

    /** The clock is set at the ends of days, and a region that stops in between is told then. */
    private static Instant nextDay(Instant time) {
        Instant day = time.truncatedTo(ChronoUnit.DAYS);
        return day.equals(time) ? time : day.plus(1, ChronoUnit.DAYS);
    }

    private void arm(
            ExperimentView view,
            ExperimentView.Region region,
            ExperimentView.Arm arm,
            String where,
            List<String> differences) {
        Instant closedThrough = region.closedThrough();
        long exposed = 0;
        long closed = 0;
        double sum = 0;
        for (int flight = 0; flight < flights.size(); flight++) {
            if (flights.origin(flight).equals(region.segment())
                    && view.name().equals(answers.experiment(flight))
                    && arm.variant().equals(answers.variant(flight))) {
                exposed++;
                if (closedThrough != null && flights.departed(flight).isBefore(closedThrough)) {
                    closed++;
                    sum += value(flight);
                }
            }
        }
        compare(where + ": units exposed", arm.exposed(), exposed, differences);
        compare(where + ": units closed", arm.closedUnits(), closed, differences);
        Double mean = arm.mean(view.primary().name());
        compare(where + ": mean", mean, closed == 0 ? null : sum / closed, differences);
    }

    /** What a flight is worth, if its outcome is the flight's at all: the data have some that land before they leave. */
    private double value(int flight) {
        Duration flown = Duration.between(flights.departed(flight), flights.landed(flight));
        boolean counts = flown.compareTo(EARLY.negated()) >= 0 && flown.compareTo(WINDOW) < 0;
        return counts ? Warning.value(answers.probability(flight), flights.late(flight)) : 0;
    }

    private static void compare(String what, long platform, long client, List<String> differences) {
        if (platform != client) {
            differences.add(what + ": the platform says " + platform + ", the client counts " + client);
        }
    }

    private static void compare(
            String what, @Nullable Double platform, @Nullable Double client, List<String> differences) {
        boolean nothing = platform == null && client == null;
        boolean same = platform != null && client != null && Math.abs(platform - client) <= ROUNDING;
        if (!nothing && !same) {
            differences.add(what + ": the platform says " + platform + ", the client counts " + client);
        }
    }
}
