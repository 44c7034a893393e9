package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How raw rows become numbers: learnt from the training part alone, so that nothing of the later parts leaks in.
 *
 * @param encodings one a feature, in the order of the configuration
 */
public record Encoder(List<Encoding> encodings) {
    public Encoder {
        encodings = List.copyOf(encodings);
    }

    /** Learns means, deviations and vocabularies from the training part. */
    public static Encoder fit(Rows train, List<FeatureSpec> features) {
        return new Encoder(features.stream()
                .map(feature -> encoding(feature, train.column(feature.name())))
                .toList());
    }

    private static Encoding encoding(FeatureSpec feature, Column column) {
        return switch (column) {
            case Column.Numbers(float[] values) ->
                standardised(
                        feature,
                        IntStream.range(0, values.length)
                                .mapToDouble(i -> values[i])
                                .toArray());
            case Column.Integers(long[] values) ->
                standardised(feature, Arrays.stream(values).asDoubleStream().toArray());
            case Column.Categories(String[] values) ->
                new Encoding.OneHot(
                        feature, Arrays.stream(values).distinct().sorted().toList());
        };
    }

    private static Encoding standardised(FeatureSpec feature, double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        float deviation = (float) StrictMath.sqrt(squares / values.length);
        return new Encoding.Standardised(feature, (float) mean, deviation > 0 ? deviation : 1);
    }

    /** The raw columns that are read. */
    public List<FeatureSpec> features() {
        return encodings.stream().map(Encoding::feature).toList();
    }

    /** How many numbers a row becomes. */
    public int width() {
        return encodings.stream().mapToInt(Encoding::width).sum();
    }

    /** The numbers of some rows. */
    public FeatureMatrix encode(Rows rows) {
        int width = width();
        float[] values = new float[Math.multiplyExact(rows.size(), width)];
        int offset = 0;
        for (Encoding encoding : encodings) {
            encoding.encode(rows.column(encoding.feature().name()), values, offset, width);
            offset += encoding.width();
        }
        return new FeatureMatrix(rows.size(), width, values);
    }
}
