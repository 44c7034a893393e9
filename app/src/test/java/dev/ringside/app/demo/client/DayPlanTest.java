package dev.ringside.app.demo.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.demo.flights.FlightList;
import dev.ringside.app.demo.flights.Flights;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DayPlanTest {

    @Test
    void aFlightIsReportedOnTheDayOnWhichItLandsAfterItWasAskedFor() {
        Flights flights = new FlightList()
                .add("2001-04-01T08:00:00Z", 60, "PDX", true)
                .add("2001-04-01T09:30:00Z", 60, "PDX", true)
                .add("2001-04-01T23:30:00Z", 60, "PDX", true)
                .build();
        List<DayPlan> days = DayPlan.of(flights);
        assertEquals(
                List.of(new DayPlan.Ask(0), new DayPlan.Ask(1), new DayPlan.Ask(2), new DayPlan.Report(List.of(0, 1))),
                days.get(0).steps());
        assertEquals(List.of(new DayPlan.Report(List.of(2))), days.get(1).steps());
        assertEquals(2, days.size());
    }

    @Test
    void daysWithoutFlightsAreDaysToo() {
        Flights flights = new FlightList()
                .add("2001-04-01T08:00:00Z", 60, "PDX", true)
                .add("2001-04-04T08:00:00Z", 60, "PDX", true)
                .build();
        assertEquals(
                List.of("2001-04-01", "2001-04-02", "2001-04-03", "2001-04-04"),
                DayPlan.of(flights).stream().map(day -> day.day().toString()).toList());
    }

    @Test
    void randomFlightsAreAskedOnceInOrderAndReportedOnceAfterIt() {
        for (long seed = 0; seed < 20; seed++) {
            Flights flights = random(seed);
            var asked = new ArrayList<Integer>();
            var reported = new HashSet<Integer>();
            for (DayPlan day : DayPlan.of(flights)) {
                Instant start = day.day().atStartOfDay(ZoneOffset.UTC).toInstant();
                Instant end = day.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
                for (DayPlan.Step step : day.steps()) {
                    switch (step) {
                        case DayPlan.Ask(int flight) -> {
                            assertTrue(within(flights.departed(flight), start, end), "seed " + seed);
                            asked.add(flight);
                        }
                        case DayPlan.Report(List<Integer> landed) -> {
                            assertTrue(landed.size() <= DayPlan.FLIGHTS_A_POST, "seed " + seed);
                            for (int flight : landed) {
                                assertTrue(asked.contains(flight), "seed " + seed);
                                assertTrue(within(flights.landed(flight), start, end), "seed " + seed);
                                assertTrue(reported.add(flight), "seed " + seed);
                            }
                        }
                    }
                }
            }
            assertEquals(IntStream.range(0, flights.size()).boxed().toList(), asked, "seed " + seed);
            assertEquals(flights.size(), reported.size(), "seed " + seed);
        }
    }

    private static boolean within(Instant time, Instant start, Instant end) {
        return !time.isBefore(start) && time.isBefore(end);
    }

    private static Flights random(long seed) {
        var random = new SplittableRandom(seed);
        var flights = new FlightList();
        Instant time =
                LocalDate.parse("2001-04-01").atStartOfDay(ZoneOffset.UTC).toInstant();
        for (int i = 0; i < 1000; i++) {
            time = time.plusSeconds(random.nextInt(600));
            flights.add(time.toString(), 1 + random.nextInt(1500), "PDX", random.nextBoolean());
        }
        return flights.build();
    }
}
