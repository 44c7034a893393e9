package dev.ringside.benchmarks.training;

import java.util.Locale;

/** What is measured of a training. */
public sealed interface Figure {
    /** Bytes of a gigabyte. */
    double GIGABYTE = 1e9;

    /** The training that it is of. */
    Training training();

    /**
     * A metric of the version that was trained.
     *
     * @param training the training
     * @param name the metric's, as the manifest has it
     */
    record Metric(Training training, String name) implements Figure {}

    /**
     * The most memory that the training's process had resident at once, in GB of 10⁹ bytes.
     *
     * @param training the training
     */
    record PeakMemory(Training training) implements Figure {}

    /**
     * What the passes of a network take in one way, over what they take in another.
     *
     * @param training the program that measures both
     * @param name what it calls the ratio
     */
    record Ratio(Training training, String name) implements Figure {}

    /** A value as tables show it: {@code .9271} of a share, {@code 1.43} of others. */
    default String show(double value) {
        return switch (this) {
            case Metric _ -> String.format(Locale.ROOT, "%.4f", value).replaceFirst("^0\\.", ".");
            case Ratio _ -> String.format(Locale.ROOT, "%.3f", value);
            case PeakMemory _ -> String.format(Locale.ROOT, "%.2f", value);
        };
    }
}
