package dev.ringside.app.demo.client;

import dev.ringside.app.demo.flights.Flights;
import dev.ringside.app.demo.flights.Warning;
import java.time.Instant;
import java.util.List;

/**
 * An outcome as it is posted.
 *
 * @param eventId the client's name for it: a copy of it counts once
 * @param unit the flight
 * @param name what happened
 * @param value how much
 * @param time when the flight had landed
 */
public record OutcomeReport(String eventId, String unit, String name, double value, Instant time) {
    private static final List<String> NAMES = List.of("warning_value", "late");

    /** The outcomes of a flight: what the warning, or its absence, was worth, and whether the flight was late. */
    static List<OutcomeReport> of(Flights flights, int flight, float probability) {
        boolean late = flights.late(flight);
        double[] values = {Warning.value(probability, late), late ? 1 : 0};
        List<String> ids = eventIds(flights, flight);
        return List.of(
                new OutcomeReport(ids.get(0), flights.unit(flight), NAMES.get(0), values[0], flights.landed(flight)),
                new OutcomeReport(ids.get(1), flights.unit(flight), NAMES.get(1), values[1], flights.landed(flight)));
    }

    /** The event ids of a flight's outcomes. */
    public static List<String> eventIds(Flights flights, int flight) {
        return NAMES.stream().map(name -> name + "-" + flights.unit(flight)).toList();
    }
}
