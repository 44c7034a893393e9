package dev.ringside.app.demo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ringside.app.demo.client.Answers;
import dev.ringside.app.demo.client.FakeAnswers;
import dev.ringside.app.demo.flights.FlightList;
import dev.ringside.app.demo.flights.Flights;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PeekedTestTest {

    @Test
    void speaksOnTheFirstDayOnWhichTheKnownOutcomesDiffer() {
        // Day one: two late flights an arm, warned by the challenger only, but one of each lands the day after.
        Flights flights = new FlightList()
                .add("2001-04-01T08:00:00Z", 60, "PDX", true)
                .add("2001-04-01T08:01:00Z", 60, "PDX", true)
                .add("2001-04-01T08:02:00Z", 60, "PDX", false)
                .add("2001-04-01T23:30:00Z", 60, "PDX", true)
                .add("2001-04-01T23:31:00Z", 60, "PDX", true)
                .add("2001-04-01T23:32:00Z", 60, "PDX", false)
                .add("2001-04-01T23:33:00Z", 60, "PDX", false)
                .build();
        Answers answers = new FakeAnswers(flights)
                .give(0, "better", "champion", 0.1f)
                .give(1, "better", "challenger", 0.9f)
                .give(2, "better", "champion", 0.9f)
                .give(3, "better", "champion", 0.1f)
                .give(4, "better", "challenger", 0.9f)
                .give(5, "better", "champion", 0.1f)
                .give(6, "better", "challenger", 0.1f)
                .answers();
        // champion −0.25, 0, 0, 0; challenger 1, 1, 0: p = .19; without the last flight of the challenger no spread.
        assertNull(new PeekedTest(flights, answers).first("better", "PDX"));

        Answers clear = new FakeAnswers(flights)
                .give(0, "better", "champion", 0.1f)
                .give(1, "better", "challenger", 0.9f)
                .give(2, "better", "champion", 0.9f)
                .give(3, "better", "champion", 0.1f)
                .give(4, "better", "challenger", 0.9f)
                .give(5, "better", "champion", 0.1f)
                .give(6, null, null, 0.1f)
                .answers();
        PeekedTest.Signal signal = new PeekedTest(flights, clear).first("better", "PDX");
        assertNotNull(signal);
        assertEquals(LocalDate.parse("2001-04-02"), signal.day());
        assertEquals(1, signal.sign());
    }

    @Test
    void saysNothingOfRegionsAndExperimentsThatTheFlightsAreNotIn() {
        Flights flights =
                new FlightList().add("2001-04-01T08:00:00Z", 60, "PDX", true).build();
        Answers answers =
                new FakeAnswers(flights).give(0, "better", "champion", 0.1f).answers();
        assertNull(new PeekedTest(flights, answers).first("better", "SAN"));
        assertNull(new PeekedTest(flights, answers).first("faulty", "PDX"));
    }
}
