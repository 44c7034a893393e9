package dev.ringside.training.validation;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.drift.QuantileBins;
import dev.ringside.training.evaluation.Auc;
import dev.ringside.training.evaluation.ScoredRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures how much each feature by itself tells of the label: a number by its order and by the mean label of its bins, a
 * text by the mean label of its rows in other folds, a list by how long it is, by its numbers' mean, least and greatest,
 * and by each of its commonest texts. Of several classes each is told apart from the others, and the one that a feature
 * knows best counts: a mean over classes would hide that one of them was copied.
 */
final class LeakCheck {
    /** With fewer rows of one class an AUC near 1 is no wonder. */
    static final int LEAST_ROWS = 30;

    private static final int MOST_ROWS = 200_000;
    private static final int BINS = 256;

    private final LeakSettings settings;
    private final Label label;
    private final long seed;

    LeakCheck(LeakSettings settings, Label label, long seed) {
        this.settings = settings;
        this.label = label;
        this.seed = seed;
    }

    /** One for each feature that tells anything; none where the rows are too few to tell. */
    List<Association> associations(Table train, List<FeatureSpec> features) {
        Table rows = Sample.of(train, MOST_ROWS / label.scores(), seed);
        List<Told> told = told(rows);
        boolean number = label.kind() == Label.Kind.NUMBER;
        if (number ? rows.size() < LEAST_ROWS : told.isEmpty()) {
            return List.of();
        }
        List<Association> found = new ArrayList<>();
        for (FeatureSpec feature : features) {
            Best best = new Best(rows, told);
            measure(best, feature, rows.column(feature.name()));
            found.add(new Association(
                    feature.name(),
                    number ? "r_squared" : "auc",
                    best.value,
                    best.by,
                    number ? settings.rSquared() : settings.auc(),
                    settings.allowed().get(feature.name())));
        }
        return found;
    }

    /**
     * A yes or no that features are to tell.
     *
     * @param words which, behind a measure's; empty where there is no other
     * @param positive of each row
     */
    @SuppressWarnings("ArrayRecordComponent") // a column of a table, never compared
    private record Told(String words, boolean[] positive) {
        boolean suffices() {
            long positives = IntStream.range(0, positive.length)
                    .filter(row -> positive[row])
                    .count();
            return Math.min(positives, positive.length - positives) >= LEAST_ROWS;
        }
    }

    /** What is told apart: the label itself, or each class from the others; none of a number, or of too few rows. */
    private List<Told> told(Table rows) {
        List<Told> all = new ArrayList<>();
        switch (label.kind()) {
            case BINARY -> all.add(new Told("", rows.labels()));
            case CLASSES -> {
                int[] classes = rows.classes();
                for (int each = 0; each < label.classes().size(); each++) {
                    boolean[] positive = new boolean[classes.length];
                    for (int row = 0; row < positive.length; row++) {
                        positive[row] = classes[row] == each;
                    }
                    all.add(new Told(", '" + label.classes().get(each) + "' against the others", positive));
                }
            }
            case NUMBER -> {}
        }
        return all.stream().filter(Told::suffices).toList();
    }

    private void measure(Best best, FeatureSpec feature, Column column) {
        switch (column) {
            case Column.Numbers _, Column.Integers _ -> {
                if (Items.of(feature, column) instanceof Items.Numbers numbers) {
                    best.number("", numbers.values());
                }
            }
            case Column.Categories texts ->
                best.groups(
                        "by the mean label of its texts in other folds",
                        texts.codes(),
                        texts.texts().size());
            case Column.NumberLists lists -> {
                best.number("length, ", lengths(lists.starts()));
                best.number("mean, ", each(lists, DoubleList.MEAN));
                best.number("least, ", each(lists, DoubleList.LEAST));
                best.number("greatest, ", each(lists, DoubleList.GREATEST));
            }
            case Column.CategoryLists lists -> {
                best.number("length, ", lengths(lists.starts()));
                commonest(lists).forEach((text, code) -> best.number("'" + text + "', ", has(lists, code)));
            }
        }
    }

    private static double[] lengths(int[] starts) {
        return IntStream.range(1, starts.length)
                .mapToDouble(row -> starts[row] - starts[row - 1])
                .toArray();
    }

    /** What a list of numbers is reduced to. */
    private enum DoubleList {
        MEAN,
        LEAST,
        GREATEST
    }

    private static double[] each(Column.NumberLists lists, DoubleList what) {
        return IntStream.range(0, lists.size())
                .mapToDouble(row -> {
                    var all = IntStream.range(lists.starts()[row], lists.starts()[row + 1])
                            .mapToDouble(place -> lists.values()[place])
                            .filter(value -> !Double.isNaN(value))
                            .summaryStatistics();
                    if (all.getCount() == 0) {
                        return Double.NaN;
                    }
                    return switch (what) {
                        case MEAN -> all.getAverage();
                        case LEAST -> all.getMin();
                        case GREATEST -> all.getMax();
                    };
                })
                .toArray();
    }

    private static Map<String, Integer> commonest(Column.CategoryLists lists) {
        int[] counts = new int[lists.texts().size()];
        for (int code : lists.codes()) {
            counts[code]++;
        }
        Map<String, Integer> found = new HashMap<>();
        IntStream.range(0, counts.length)
                .boxed()
                .sorted((a, b) -> Integer.compare(counts[b], counts[a]))
                .limit(Schema.MOST_TEXTS)
                .forEach(code -> found.put(lists.texts().get(code), code));
        return found;
    }

    private static double[] has(Column.CategoryLists lists, int code) {
        return IntStream.range(0, lists.size())
                .mapToDouble(row -> IntStream.range(lists.starts()[row], lists.starts()[row + 1])
                        .filter(place -> lists.codes()[place] == code)
                        .limit(1)
                        .count())
                .toArray();
    }

    /** The greatest measure of one feature so far. */
    private final class Best {
        private final Table rows;
        private final List<Told> told;
        private double value;
        private String by = "";

        /** @param told what it is measured by; none for a number */
        Best(Table rows, List<Told> told) {
            this.rows = rows;
            this.told = told;
            value = told.isEmpty() ? 0 : 0.5;
        }

        /** Tries a number by its order, and by the mean label of its bins, missing ones a bin of their own. */
        void number(String of, double[] values) {
            double[] there = IntStream.range(0, values.length)
                    .filter(row -> !Double.isNaN(values[row]))
                    .mapToDouble(row -> values[row])
                    .toArray();
            double least = Arrays.stream(there).min().orElse(0);
            double[] filled = Arrays.stream(values)
                    .map(v -> Double.isNaN(v) ? least - 1 : v)
                    .toArray();
            for (Told each : told) {
                double area = area(each, filled);
                take(StrictMath.max(area, 1 - area), of + "by its order" + each.words());
            }
            if (told.isEmpty()) {
                take(Ranks.squaredCorrelation(filled, rows.targets()), of + "as it is");
                take(Ranks.squaredCorrelation(Ranks.of(filled), Ranks.of(rows.targets())), of + "by its order");
            }
            QuantileBins bins = QuantileBins.of(values, BINS);
            groups(
                    of + "by the mean label of its bins in other folds",
                    Arrays.stream(values).mapToInt(bins::bin).toArray(),
                    BINS + 1);
        }

        void groups(String words, int[] groups, int count) {
            for (Told each : told) {
                double[] labels = new double[groups.length];
                Arrays.setAll(labels, row -> each.positive()[row] ? 1 : 0);
                take(area(each, OutOfFold.means(groups, count, labels, seed)), words + each.words());
            }
            if (told.isEmpty()) {
                take(
                        Ranks.squaredCorrelation(OutOfFold.means(groups, count, rows.targets(), seed), rows.targets()),
                        words);
            }
        }

        private static double area(Told told, double[] scores) {
            return Auc.of(new ScoredRows(told.positive(), scores))
                    .map(Auc::value)
                    .orElse(0.5);
        }

        private void take(double found, String words) {
            if (found > value) {
                value = found;
                by = words;
            }
        }
    }
}
