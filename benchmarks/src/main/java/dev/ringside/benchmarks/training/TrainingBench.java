package dev.ringside.benchmarks.training;

import dev.ringside.benchmarks.training.Trainer.Trained;
import dev.ringside.benchmarks.training.Trainer.TrainingFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Measures, one training after the other: with two at once neither its time nor its memory would be its own. Measures of
 * the same document share its trainings.
 */
public final class TrainingBench {
    private final Documents documents;
    private final Trainer trainer;
    private final int seeds;
    private final Map<Seeded, Trained> trained = new HashMap<>();

    /**
     * @param documents what to train
     * @param trainer who trains
     * @param seeds with how many seeds: 1, 2, …
     */
    public TrainingBench(Documents documents, Trainer trainer, int seeds) {
        this.documents = documents;
        this.trainer = trainer;
        this.seeds = seeds;
    }

    private record Seeded(Training training, long seed) {}

    /** Is told how far it is. */
    public interface Progress {
        /** A training begins. */
        void begins(Measure measure, long seed);

        /** It is over, and this is the measure's value. */
        void found(Measure measure, long seed, double value);

        /** A measure is complete; the measures so far. */
        void complete(List<Measured> sofar) throws IOException;
    }

    /** How many trainings there are to be. */
    public static int planned(List<Measure> measures, int seeds) {
        return seeds
                * (int) measures.stream()
                        .map(measure -> measure.figure().training())
                        .filter(Objects::nonNull)
                        .distinct()
                        .count();
    }

    /** Measures all of them, in their order. */
    public List<Measured> measure(List<Measure> measures, Progress progress) throws IOException, InterruptedException {
        List<Measured> all = new ArrayList<>();
        for (Measure measure : measures) {
            all.add(measure(measure, progress));
            progress.complete(List.copyOf(all));
        }
        return all;
    }

    private Measured measure(Measure measure, Progress progress) throws IOException, InterruptedException {
        if (measure.figure() instanceof Figure.Absent(String reason)) {
            return Measured.absent(measure, reason);
        }
        List<Double> values = new ArrayList<>();
        double seconds = 0;
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                Trained one = trained(measure, seed, progress);
                double value = value(measure.figure(), one);
                progress.found(measure, seed, value);
                values.add(value);
                seconds += one.seconds();
            } catch (TrainingFailed e) {
                return Measured.failed(measure, "seed " + seed + ": " + e.getMessage(), seconds);
            }
        }
        return Measured.of(measure, values, seconds);
    }

    private Trained trained(Measure measure, long seed, Progress progress)
            throws IOException, InterruptedException, TrainingFailed {
        Training training = Objects.requireNonNull(measure.figure().training());
        var key = new Seeded(training, seed);
        Trained known = trained.get(key);
        if (known != null) {
            return known;
        }
        progress.begins(measure, seed);
        Path folder = Files.createTempDirectory("ringside-bench-");
        Path copy = documents.write(training.document(), folder);
        try {
            Trained now = trainer.train(training, copy, seed);
            trained.put(key, now);
            return now;
        } finally {
            Files.delete(copy);
            Files.delete(folder);
        }
    }

    private static double metric(Training of, String name, Trained trained) throws TrainingFailed {
        Double value = trained.metrics().get(name);
        if (value == null) {
            throw new TrainingFailed("what comes of " + of.document() + " has no metric " + name);
        }
        return value;
    }

    private static double value(Figure figure, Trained trained) throws TrainingFailed {
        return switch (figure) {
            case Figure.Metric(Training of, String name) -> metric(of, name, trained);
            case Figure.EpochRatio(Training of) -> metric(of, Figure.EpochRatio.METRIC, trained);
            case Figure.PeakMemory _ -> trained.peakBytes() / Figure.GIGABYTE;
            case Figure.Absent _ -> throw new IllegalArgumentException("nothing is measured of " + figure);
        };
    }
}
