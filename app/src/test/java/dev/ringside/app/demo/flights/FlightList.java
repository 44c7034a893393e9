package dev.ringside.app.demo.flights;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Flights made up for a test: given in order of departure. */
public final class FlightList {
    private final List<Instant> departed = new ArrayList<>();
    private final List<Instant> landed = new ArrayList<>();
    private final List<String> origins = new ArrayList<>();
    private final BitSet late = new BitSet();

    /** Adds a flight. */
    public FlightList add(String departs, int minutes, String origin, boolean isLate) {
        departed.add(Instant.parse(departs));
        landed.add(Instant.parse(departs).plus(Duration.ofMinutes(minutes)));
        origins.add(origin);
        late.set(origins.size() - 1, isLate);
        return this;
    }

    /** The flights, with their number as the only feature {@code distance}, and units {@code f-0, f-1, …}. */
    public Flights build() {
        int size = origins.size();
        long[] rows = new long[size];
        long[] distances = new long[size];
        for (int i = 0; i < size; i++) {
            rows[i] = i;
            distances[i] = i;
        }
        return new Flights(
                "f",
                rows,
                departed.stream().mapToLong(Instant::toEpochMilli).toArray(),
                landed.stream().mapToLong(Instant::toEpochMilli).toArray(),
                origins.toArray(String[]::new),
                late,
                List.of(new Feature.Whole("distance", distances)));
    }
}
