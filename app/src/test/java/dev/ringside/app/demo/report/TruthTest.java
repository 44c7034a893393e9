package dev.ringside.app.demo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ringside.app.demo.flights.FlightList;
import dev.ringside.app.demo.flights.Flights;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TruthTest {
    private static final Instant FROM = Instant.parse("2001-04-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2001-04-02T00:00:00Z");

    @Test
    void isTheMeanDifferenceInValueOverTheFlightsOfTheRegionAndTheCohorts() {
        Flights flights = new FlightList()
                .add("2001-04-01T00:00:00Z", 60, "PDX", true)
                .add("2001-04-01T08:00:00Z", 60, "PDX", false)
                .add("2001-04-01T09:00:00Z", 60, "SAN", true)
                .add("2001-04-01T23:59:00Z", 60, "PDX", true)
                .add("2001-04-02T00:00:00Z", 60, "PDX", true)
                .build();
        float[] champion = {0.1f, 0.3f, 0.3f, 0.3f, 0.3f};
        float[] challenger = {0.9f, 0.3f, 0.1f, 0.2f, 0.1f};
        // 1 − 0, −0.25 + 0.25, and 0.2f is above 0.2 by its last bit: 1 − 1.
        assertEquals(1.0 / 3, new Truth(flights).difference("PDX", FROM, UNTIL, champion, challenger), 1e-15);
    }

    @Test
    void doesNotExistWithoutFlights() {
        Flights flights = new FlightList().build();
        assertNull(new Truth(flights).difference("PDX", FROM, UNTIL, new float[0], new float[0]));
    }
}
