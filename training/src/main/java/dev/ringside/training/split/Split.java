package dev.ringside.training.split;

import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.dataset.Period;
import dev.ringside.training.dataset.Table;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows teach, which ones tell when to stop, and which ones only measure. The same rows and seed give the same
 * parts, and each part keeps the order of the source.
 */
public sealed interface Split {
    /**
     * Cuts rows into parts.
     *
     * @param rows the rows
     * @param seed where all randomness comes from
     * @throws InvalidData if a part would be empty, or would hold one class only
     */
    Parts parts(Table rows, long seed);

    /** Whether there is a part that tells when to stop. */
    boolean watches();

    /** The times outside of which a row is in no part; null where there are none. */
    default @Nullable Period range() {
        return null;
    }

    /** The columns that it looks at, beside time and label. */
    default List<String> columns() {
        return List.of();
    }

    /**
     * By time, each part later than the one before.
     *
     * @param train the rows that the model is fitted to
     * @param validation the rows that early stopping watches; null for a learner that has no need of it
     * @param test the rows that the metrics are computed on, and nothing else
     */
    record Periods(Period train, @Nullable Period validation, Period test) implements Split {
        /** Checks the order. */
        public Periods {
            if (validation != null && validation.from().isBefore(train.to())) {
                throw new IllegalArgumentException(
                        "validation begins at " + validation.from() + ", before train ends at " + train.to());
            }
            Period before = validation == null ? train : validation;
            if (test.from().isBefore(before.to())) {
                throw new IllegalArgumentException("test begins at " + test.from() + ", before "
                        + (validation == null ? "train" : "validation") + " ends at " + before.to());
            }
        }

        @Override
        public Parts parts(Table rows, long seed) {
            long[] times = rows.times();
            if (times == null) {
                throw new IllegalArgumentException("a split by time needs a time column");
            }
            return Parts.assigned(
                    row -> {
                        if (train.contains(times[row])) {
                            return Part.TRAIN;
                        }
                        if (validation != null && validation.contains(times[row])) {
                            return Part.VALIDATION;
                        }
                        return test.contains(times[row]) ? Part.TEST : Part.OUTSIDE;
                    },
                    rows,
                    watches());
        }

        @Override
        public boolean watches() {
            return validation != null;
        }

        @Override
        public Period range() {
            return new Period(train.from(), test.to());
        }
    }

    /**
     * By shares of the rows, in random order: exactly so many rows, or of each class exactly so many.
     *
     * @param shares how the rows are shared out
     * @param stratified whether each class is shared out by itself
     */
    record Random(Shares shares, boolean stratified) implements Split {
        @Override
        public Parts parts(Table rows, long seed) {
            Part[] parts = new Part[rows.size()];
            for (int[] stratum : Shuffle.strata(rows, stratified)) {
                Shuffle.shuffle(stratum, seed);
                for (int i = 0; i < stratum.length; i++) {
                    parts[stratum[i]] = shares.of((i + 0.5) / stratum.length);
                }
            }
            return Parts.assigned(row -> parts[row], rows, watches());
        }

        @Override
        public boolean watches() {
            return shares.validation() > 0;
        }
    }

    /**
     * By shares of the units, so that none has rows in two parts. A unit's part depends on the seed and its own text alone,
     * so it stays where it is when rows are added.
     *
     * @param shares how the units are shared out
     * @param unit the column that tells units apart
     */
    record Grouped(Shares shares, String unit) implements Split {
        @Override
        public Parts parts(Table rows, long seed) {
            String[] units = rows.texts(unit);
            return Parts.assigned(row -> shares.of(Shuffle.fraction(seed, units[row])), rows, watches());
        }

        @Override
        public boolean watches() {
            return shares.validation() > 0;
        }

        @Override
        public List<String> columns() {
            return List.of(unit);
        }
    }

    /**
     * By shares of the rows in the order of their times, or of the source where it has none; rows of equal times stay
     * together.
     *
     * @param shares how the rows are shared out
     * @param gap rows that are nearer than this behind the part before are in no part, as what a model learns from may
     *     still reach into them; zero for none
     */
    record Ordered(Shares shares, Duration gap) implements Split {
        @Override
        public Parts parts(Table rows, long seed) {
            return Order.of(rows, gap).parts(rows, shares, watches());
        }

        @Override
        public boolean watches() {
            return shares.validation() > 0;
        }
    }

    /**
     * As a column says, for a published split.
     *
     * @param column the column
     * @param train the text of rows that teach
     * @param validation the text of rows that tell when to stop; null for none, or for a share of those that teach
     * @param test the text of rows that only measure
     * @param validationShare the share of the teaching rows that is taken for validation, drawn by class; 0 for none
     */
    record Declared(String column, String train, @Nullable String validation, String test, double validationShare)
            implements Split {
        @Override
        public Parts parts(Table rows, long seed) {
            String[] texts = rows.texts(column);
            boolean[] held = new boolean[rows.size()];
            if (validationShare > 0) {
                for (int[] stratum : Shuffle.strata(rows, true)) {
                    int[] teaching = Arrays.stream(stratum)
                            .filter(row -> texts[row].equals(train))
                            .toArray();
                    Shuffle.shuffle(teaching, seed);
                    for (int i = 0; i < Math.round(validationShare * teaching.length); i++) {
                        held[teaching[i]] = true;
                    }
                }
            }
            return Parts.assigned(
                    row -> {
                        if (texts[row].equals(train)) {
                            return held[row] ? Part.VALIDATION : Part.TRAIN;
                        }
                        if (texts[row].equals(validation)) {
                            return Part.VALIDATION;
                        }
                        return texts[row].equals(test) ? Part.TEST : Part.OUTSIDE;
                    },
                    rows,
                    watches());
        }

        @Override
        public boolean watches() {
            return validation != null || validationShare > 0;
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }
}
