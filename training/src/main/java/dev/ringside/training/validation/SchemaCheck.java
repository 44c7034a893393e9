package dev.ringside.training.validation;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.validation.Anomaly.Example;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** Holds rows to a schema. Columns of the schema that no feature reads are not looked at. */
final class SchemaCheck {
    private static final int EXAMPLES = 3;

    private final Schema schema;

    SchemaCheck(Schema schema) {
        this.schema = schema;
    }

    /** Everything that breaks it, feature by feature. */
    List<Anomaly> anomalies(Table rows, List<FeatureSpec> features) {
        List<Anomaly> anomalies = new ArrayList<>();
        for (FeatureSpec feature : features) {
            ColumnRule rule = schema.columns().get(feature.name());
            if (rule == null) {
                anomalies.add(Anomaly.ofColumn(
                        feature.name(),
                        "one of " + schema.columns().keySet(),
                        "a feature that the schema does not know"));
            } else if (rule.type() != feature.type()) {
                anomalies.add(Anomaly.ofColumn(
                        feature.name(),
                        Words.of(rule.type()),
                        "that the document declares it as " + Words.of(feature.type())));
            } else {
                check(anomalies, feature, rule, rows.column(feature.name()));
            }
        }
        return anomalies;
    }

    private static void check(List<Anomaly> anomalies, FeatureSpec feature, ColumnRule rule, Column column) {
        Items items = Items.of(feature, column);
        add(
                anomalies,
                feature.name(),
                rule.missing() == 0 ? "no missing values" : "missing values in at most " + Words.share(rule.missing()),
                "missing ones",
                rule.missing(),
                items,
                items::missing);
        String most = rule.outside() == 0 ? "" : " but for at most " + Words.share(rule.outside());
        Range range = rule.range();
        if (range != null && items instanceof Items.Numbers numbers) {
            add(
                    anomalies,
                    feature.name(),
                    "numbers in " + range.words(rule.single()) + most,
                    "others",
                    rule.outside(),
                    items,
                    item -> !items.missing(item) && !range.holds(numbers.values()[item], rule.single()));
        }
        List<String> values = rule.values();
        if (values != null && items instanceof Items.Texts texts) {
            Set<String> known = new HashSet<>(values);
            boolean[] fits = new boolean[texts.texts().size()];
            for (int code = 0; code < fits.length; code++) {
                fits[code] = known.contains(texts.texts().get(code));
            }
            add(
                    anomalies,
                    feature.name(),
                    "one of " + Words.some(values) + most,
                    "others",
                    rule.outside(),
                    items,
                    item -> !items.missing(item) && !fits[texts.codes()[item]]);
        }
        Range length = rule.length();
        int[] starts = column instanceof Column.NumberLists lists
                ? lists.starts()
                : column instanceof Column.CategoryLists texts ? texts.starts() : null;
        if (length != null && starts != null) {
            lengths(anomalies, feature.name(), length, starts);
        }
    }

    private static void add(
            List<Anomaly> anomalies,
            String column,
            String expected,
            String found,
            double allowed,
            Items items,
            IntPredicate broken) {
        List<Example> examples = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        int rows = 0;
        for (int item = 0; item < items.size(); item++) {
            if (broken.test(item)) {
                rows++;
                // Of one value the first row is enough, so that other values are seen too.
                String value = items.missing(item) ? "" : items.words(item);
                if (examples.size() < EXAMPLES && (value.isEmpty() || shown.add(value))) {
                    examples.add(new Example(value, items.row(item) + 1L));
                }
            }
        }
        if (rows > allowed * items.size()) {
            anomalies.add(new Anomaly(column, expected, found, rows, items.size(), examples));
        }
    }

    private static void lengths(List<Anomaly> anomalies, String column, Range length, int[] starts) {
        List<Example> examples = new ArrayList<>();
        int rows = 0;
        for (int row = 0; row < starts.length - 1; row++) {
            int found = starts[row + 1] - starts[row];
            if (!length.holds(found, false)) {
                rows++;
                if (examples.size() < EXAMPLES) {
                    examples.add(new Example(Integer.toString(found), row + 1L));
                }
            }
        }
        if (rows > 0) {
            anomalies.add(new Anomaly(
                    column,
                    "lists of a length in " + length.words(false),
                    "others",
                    rows,
                    starts.length - 1,
                    examples));
        }
    }
}
