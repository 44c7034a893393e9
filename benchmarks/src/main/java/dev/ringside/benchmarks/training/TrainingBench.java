package dev.ringside.benchmarks.training;

import dev.ringside.benchmarks.training.Trainer.Trained;
import dev.ringside.benchmarks.training.Trainer.TrainingFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures, one training after the other: with two at once neither its time nor its memory would be its own. Measures of
 * the same document share its trainings.
 */
public final class TrainingBench {
    private final Documents documents;
    private final Trainer trainer;
    private final int seeds;
    private final EarlierReport earlier;
    private final Map<Seeded, Trained> trained = new HashMap<>();

    /**
     * @param documents what to train
     * @param trainer who trains
     * @param seeds with how many seeds: 1, 2, …
     * @param earlier what was found before, which is not measured again where documents and data are the same
     */
    public TrainingBench(Documents documents, Trainer trainer, int seeds, EarlierReport earlier) {
        this.earlier = earlier;
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

    /**
     * How many trainings there are to be.
     *
     * @param measures those that are to be measured
     */
    public int planned(List<Measure> measures) throws IOException {
        return seeds
                * (int) left(measures).stream()
                        .map(measure -> measure.figure().training())
                        .distinct()
                        .count();
    }

    private List<Measure> left(List<Measure> measures) throws IOException {
        List<Measure> left = new ArrayList<>();
        for (Measure measure : measures) {
            if (earlier(measure) == null) {
                left.add(measure);
            }
        }
        return left;
    }

    /**
     * Measures, one after the other.
     *
     * @param measures what is to be measured
     * @param progress told how far it is
     * @return those of the measures, and all others that were found earlier, in the order of {@link Measures#all}
     */
    public List<Measured> measure(List<Measure> measures, Progress progress) throws IOException, InterruptedException {
        Map<String, Measured> found = new LinkedHashMap<>();
        List<Measure> order = Stream.concat(Measures.all().stream(), measures.stream())
                .distinct()
                .toList();
        for (Measure measure : order) {
            Measured before = earlier(measure);
            if (before != null) {
                found.put(measure.key(), before);
            }
        }
        for (Measure measure : left(measures)) {
            found.put(
                    measure.key(),
                    measure(
                            measure,
                            documents.digest(measure.figure().training().document()),
                            progress));
            progress.complete(inOrder(order, found));
        }
        return inOrder(order, found);
    }

    private static List<Measured> inOrder(List<Measure> order, Map<String, Measured> found) {
        return order.stream()
                .map(measure -> found.get(measure.key()))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Measured earlier(Measure measure) throws IOException {
        return earlier.has(measure)
                ? earlier.of(
                        measure, documents.digest(measure.figure().training().document()), seeds)
                : null;
    }

    private Measured measure(Measure measure, String digest, Progress progress)
            throws IOException, InterruptedException {
        List<Double> values = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        long peak = 0;
        double seconds = 0;
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                Trained one = trained(measure, seed, progress);
                double value = value(measure.figure(), one);
                progress.found(measure, seed, value);
                values.add(value);
                if (measure.beside() != null) {
                    beside.add(
                            metric(measure.figure().training(), measure.beside().metric(), one));
                }
                peak = Math.max(peak, one.peakBytes());
                seconds += one.seconds();
            } catch (TrainingFailed e) {
                return Measured.failed(measure, digest, "seed " + seed + ": " + e.getMessage(), seconds);
            }
        }
        return Measured.of(
                measure,
                digest,
                values,
                beside.isEmpty() ? null : (Double) Measured.mean(beside),
                peak == 0 ? null : (Double) (peak / Figure.GIGABYTE),
                seconds);
    }

    private Trained trained(Measure measure, long seed, Progress progress)
            throws IOException, InterruptedException, TrainingFailed {
        Training training = measure.figure().training();
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
            case Figure.Ratio(Training of, String name) -> metric(of, name, trained);
            case Figure.PeakMemory _ -> trained.peakBytes() / Figure.GIGABYTE;
        };
    }
}
