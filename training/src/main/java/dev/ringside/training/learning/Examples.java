package dev.ringside.training.learning;

import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Encoded rows with what is to be predicted of them.
 *
 * @param features the encoded rows
 * @param targets 1 or 0 for a binary label, else a number, one a row
 * @param weights how much each row counts; null where each counts 1
 * @param others the targets of each task beside the label, NaN where a row lacks one; where there are any, the label's own
 *     may be NaN too
 */
@SuppressWarnings("ArrayRecordComponent") // as many values as the data has rows; never compared
public record Examples(Encoded features, double[] targets, double @Nullable [] weights, List<double[]> others) {
    /** Checks the sizes. */
    public Examples {
        others = List.copyOf(others);
        int rows = features.rows();
        if (rows != targets.length
                || (weights != null && weights.length != rows)
                || others.stream().anyMatch(other -> other.length != rows)) {
            throw new IllegalArgumentException("expected a target, and a weight if any, for each of " + rows + " rows");
        }
    }

    /** Rows of which nothing else is to be predicted. */
    public Examples(Encoded features, double[] targets, double @Nullable [] weights) {
        this(features, targets, weights, List.of());
    }

    /** Encodes rows. */
    public static Examples of(Encoder encoder, Table rows) {
        return new Examples(encoder.encode(rows), rows.targets(), rows.weights(), rows.others());
    }

    /** Encodes the rows that the encoder was fitted to. */
    public static Examples training(Encoder encoder, Table train) {
        return new Examples(encoder.encodeTraining(train), train.targets(), train.weights(), train.others());
    }

    /** Some rows, in that order; one may be there several times. */
    public Examples select(int[] rows) {
        double[] counted = weights == null
                ? null
                : Arrays.stream(rows).mapToDouble(this::weight).toArray();
        return new Examples(
                features.select(rows),
                select(targets, rows),
                counted,
                others.stream().map(other -> select(other, rows)).toList());
    }

    private static double[] select(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
    }

    /** These rows, then others of the same encoder. */
    public Examples followedBy(Examples next) {
        double[] counted = weights == null && next.weights == null
                ? null
                : DoubleStream.concat(
                                IntStream.range(0, size()).mapToDouble(this::weight),
                                IntStream.range(0, next.size()).mapToDouble(next::weight))
                        .toArray();
        List<double[]> joined = new ArrayList<>();
        for (int task = 0; task < others.size(); task++) {
            joined.add(joined(others.get(task), next.others.get(task)));
        }
        return new Examples(features.followedBy(next.features), joined(targets, next.targets), counted, joined);
    }

    private static double[] joined(double[] first, double[] second) {
        return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
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
