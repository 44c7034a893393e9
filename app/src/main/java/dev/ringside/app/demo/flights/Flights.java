package dev.ringside.app.demo.flights;

import dev.ringside.contract.inference.Tensor;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Flights in order of departure, each with what is known of it: before it leaves its features, after it landed whether it
 * was late. Flights are named by their place in that order.
 */
public final class Flights {
    private final String file;
    private final long[] rows;
    private final long[] departed;
    private final long[] landed;
    private final String[] origins;
    private final BitSet late;
    private final List<Feature> features;

    Flights(
            String file,
            long[] rows,
            long[] departed,
            long[] landed,
            String[] origins,
            BitSet late,
            List<Feature> features) {
        this.file = file;
        this.rows = rows;
        this.departed = departed;
        this.landed = landed;
        this.origins = origins;
        this.late = late;
        this.features = List.copyOf(features);
    }

    /** How many. */
    public int size() {
        return rows.length;
    }

    /** The unit that is randomised: the file's digest and the number of the flight's row, as there is no flight key. */
    public String unit(int flight) {
        return file + "-" + rows[flight];
    }

    /** When it leaves. */
    public Instant departed(int flight) {
        return Instant.ofEpochMilli(departed[flight]);
    }

    /** When it has landed and its outcome is known. */
    public Instant landed(int flight) {
        return Instant.ofEpochMilli(landed[flight]);
    }

    /** Where it leaves from: its region. */
    public String origin(int flight) {
        return origins[flight];
    }

    /** Whether it arrives more than 15 minutes late. */
    public boolean late(int flight) {
        return late.get(flight);
    }

    /** The inputs of a model for some flights, one a line. */
    public List<Tensor> inputs(int from, int to) {
        return inputs(from, to, List.of());
    }

    /** Those inputs without some. */
    public List<Tensor> inputs(int from, int to, Collection<String> without) {
        return features.stream()
                .filter(feature -> !without.contains(feature.name()))
                .map(feature -> feature.tensor(from, to))
                .toList();
    }

    /** Some inputs of a flight as texts, by name. */
    public Map<String, String> texts(int flight, Collection<String> names) {
        return features.stream()
                .filter(feature -> names.contains(feature.name()))
                .collect(Collectors.toMap(Feature::name, feature -> feature.text(flight)));
    }
}
