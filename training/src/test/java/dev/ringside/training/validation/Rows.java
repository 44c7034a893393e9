package dev.ringside.training.validation;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.split.Shuffle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Made-up rows, column by column, and what a validation says of them. */
final class Rows {
    final int size;
    private final double[] targets;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final List<FeatureSpec> features = new ArrayList<>();

    Rows(int size, IntToDoubleFunction target) {
        this.size = size;
        targets = IntStream.range(0, size).mapToDouble(target).toArray();
    }

    /** Evenly spread from 0 to 1, the same for the same row and stream. */
    static double uniform(int row, int stream) {
        return (Shuffle.mix(Shuffle.mix(stream) + row) >>> 11) * 0x1p-53;
    }

    double target(int row) {
        return targets[row];
    }

    Rows number(String name, IntToDoubleFunction value) {
        float[] values = new float[size];
        for (int row = 0; row < size; row++) {
            values[row] = (float) value.applyAsDouble(row);
        }
        return add(new FeatureSpec(name, FeatureType.NUMBER), new Column.Numbers(values));
    }

    Rows whole(String name, @Nullable Long missing, IntToDoubleFunction value) {
        return add(
                new FeatureSpec(name, FeatureType.INTEGER, missing),
                new Column.Integers(IntStream.range(0, size)
                        .mapToLong(row -> (long) value.applyAsDouble(row))
                        .toArray()));
    }

    Rows text(String name, IntFunction<String> value) {
        return add(
                new FeatureSpec(name, FeatureType.CATEGORY),
                Column.Categories.of(IntStream.range(0, size).mapToObj(value).toArray(String[]::new)));
    }

    Rows add(FeatureSpec feature, Column column) {
        features.add(feature);
        columns.put(feature.name(), column);
        return this;
    }

    List<FeatureSpec> features() {
        return List.copyOf(features);
    }

    Table table() {
        return new Table(targets, null, null, columns);
    }

    /** All rows validated as if they were the training part, with others as the test part. */
    ValidationReport report(ValidationSettings settings, Label.Kind label, @Nullable Rows test) {
        return report(settings, new Label("y", label, null), test);
    }

    ValidationReport report(ValidationSettings settings, Label label, @Nullable Rows test) {
        SequencedMap<String, Table> later = new LinkedHashMap<>();
        if (test != null) {
            later.put("test", test.table());
        }
        return new Validation(settings, features, label, 1).report(table(), table(), later);
    }
}
