package dev.ringside.training.split;

import dev.ringside.training.dataset.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Folds for cross-validation: each row is in the test part of exactly one fold. */
public final class Folds {
    private Folds() {}

    /**
     * One fold.
     *
     * @param train the rows that teach, in the order of the source
     * @param test the rows held out
     */
    @SuppressWarnings("ArrayRecordComponent") // places of rows; never compared
    public record Fold(int[] train, int[] test) {}

    /** Folds of rows in random order, each class shared out evenly where asked for. */
    public static List<Fold> random(Table rows, int folds, boolean stratified, long seed) {
        int[] of = new int[rows.size()];
        int next = 0;
        for (int[] stratum : Shuffle.strata(rows, stratified)) {
            Shuffle.shuffle(stratum, seed);
            for (int row : stratum) {
                of[row] = next++ % folds;
            }
        }
        return folds(of, folds);
    }

    /** Folds of units, so that none has rows on two sides; which one depends on the seed and the unit alone. */
    public static List<Fold> grouped(Table rows, String unit, int folds, long seed) {
        int[] of = Arrays.stream(rows.texts(unit))
                .mapToInt(text -> (int) (Shuffle.fraction(seed, text) * folds))
                .toArray();
        return folds(of, folds);
    }

    /**
     * Folds of stretches of time, each taught by what lies before it; the first stretch is in no test part.
     *
     * @param gap milliseconds that a test row must be behind the last training row
     */
    public static List<Fold> ordered(Table rows, int folds, long gap) {
        int[] places = Order.of(rows, Duration.ofMillis(gap)).places();
        long[] times = rows.times();
        List<Fold> all = new ArrayList<>();
        for (int fold = 1; fold <= folds; fold++) {
            int from = (int) ((long) places.length * fold / (folds + 1));
            int to = (int) ((long) places.length * (fold + 1) / (folds + 1));
            int[] train = Arrays.stream(places, 0, from).sorted().toArray();
            int[] test = Arrays.stream(places, from, to)
                    .filter(row -> behind(times, row, places[from - 1], gap))
                    .sorted()
                    .toArray();
            all.add(new Fold(train, test));
        }
        return all;
    }

    private static boolean behind(long @Nullable [] times, int row, int last, long gap) {
        return times == null || times[row] - times[last] >= gap;
    }

    private static List<Fold> folds(int[] of, int folds) {
        List<Fold> all = new ArrayList<>();
        for (int i = 0; i < folds; i++) {
            int fold = i;
            all.add(new Fold(
                    IntStream.range(0, of.length).filter(row -> of[row] != fold).toArray(),
                    IntStream.range(0, of.length).filter(row -> of[row] == fold).toArray()));
        }
        return all;
    }
}
