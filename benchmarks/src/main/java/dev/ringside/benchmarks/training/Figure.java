package dev.ringside.benchmarks.training;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is measured of a training. */
public sealed interface Figure {
    /** Bytes of a gigabyte. */
    double GIGABYTE = 1e9;

    /**
     * A metric of the version that was trained.
     *
     * @param of the training
     * @param name the metric's, as the manifest has it
     */
    record Metric(Training of, String name) implements Figure {}

    /**
     * The most memory that the training's process had resident at once, in GB of 10⁹ bytes.
     *
     * @param of the training
     */
    record PeakMemory(Training of) implements Figure {}

    /**
     * What a pass of a network takes, over what it takes where the same network is written out against libtorch.
     *
     * @param of the training
     */
    record EpochRatio(Training of) implements Figure {
        /** The metric's name. */
        static final String METRIC = "ratio";
    }

    /**
     * Nothing yet.
     *
     * @param reason what is missing
     */
    record Absent(String reason) implements Figure {}

    /** The training that it is of; null for none. */
    default @Nullable Training training() {
        return switch (this) {
            case Metric(Training of, String _) -> of;
            case PeakMemory(Training of) -> of;
            case EpochRatio(Training of) -> of;
            case Absent _ -> null;
        };
    }

    /** A value as tables show it: {@code .9271} of a share, {@code 1.43} of others. */
    default String show(double value) {
        return switch (this) {
            case Metric _ -> String.format(Locale.ROOT, "%.4f", value).replaceFirst("^0\\.", ".");
            case EpochRatio _ -> String.format(Locale.ROOT, "%.3f", value);
            case PeakMemory _, Absent _ -> String.format(Locale.ROOT, "%.2f", value);
        };
    }
}
