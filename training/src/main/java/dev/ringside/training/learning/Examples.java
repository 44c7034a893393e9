package dev.ringside.training.learning;

import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Encoder;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Encoded rows with what is to be predicted of them.
 *
 * @param features the encoded rows
 * @param targets 1 or 0 for a binary label, else a number, one a row
 * @param weights how much each row counts; null where each counts 1
 */
@SuppressWarnings("ArrayRecordComponent") // as many values as the data has rows; never compared
public record Examples(Encoded features, double[] targets, double @Nullable [] weights) {
    /** Checks the sizes. */
    public Examples {
        if (features.rows() != targets.length || (weights != null && weights.length != targets.length)) {
            throw new IllegalArgumentException(
                    "expected a target, and a weight if any, for each of " + features.rows() + " rows");
        }
    }

    /** Encodes rows. */
    public static Examples of(Encoder encoder, Table rows) {
        return new Examples(encoder.encode(rows), rows.targets(), rows.weights());
    }

    /** Encodes the rows that the encoder was fitted to. */
    public static Examples training(Encoder encoder, Table train) {
        return new Examples(encoder.encodeTraining(train), train.targets(), train.weights());
    }

    /** Some rows, in that order; one may be there several times. */
    public Examples select(int[] rows) {
        double[] chosen = Arrays.stream(rows).mapToDouble(row -> targets[row]).toArray();
        double[] counted = weights == null
                ? null
                : Arrays.stream(rows).mapToDouble(this::weight).toArray();
        return new Examples(features.select(rows), chosen, counted);
    }

    /** These rows, then others of the same encoder. */
    public Examples followedBy(Examples others) {
        double[] all = DoubleStream.concat(Arrays.stream(targets), Arrays.stream(others.targets))
                .toArray();
        double[] counted = weights == null && others.weights == null
                ? null
                : DoubleStream.concat(
                                IntStream.range(0, size()).mapToDouble(this::weight),
                                IntStream.range(0, others.size()).mapToDouble(others::weight))
                        .toArray();
        return new Examples(features.followedBy(others.features), all, counted);
    }

    /** How many rows. */
    public int size() {
        return targets.length;
    }

    /** How much a row counts. */
    public double weight(int row) {
        return weights == null ? 1 : weights[row];
    }
}
