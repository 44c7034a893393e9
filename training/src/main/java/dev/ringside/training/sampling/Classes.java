package dev.ringside.training.sampling;

import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.split.Shuffle;
import dev.ringside.training.split.TrainingSide;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The places of a side's rows by class.
 *
 * @param minority those of the class with fewer rows, in the order of the source
 * @param majority those of the other
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Classes(int[] minority, int[] majority) {
    static Classes of(TrainingSide side) {
        double[] targets = side.rows().targets();
        int[] positives = IntStream.range(0, targets.length)
                .filter(row -> targets[row] == 1)
                .toArray();
        int[] negatives = IntStream.range(0, targets.length)
                .filter(row -> targets[row] != 1)
                .toArray();
        if (positives.length == 0 || negatives.length == 0) {
            throw new InvalidData(
                    "the training rows",
                    List.of("expected both classes, found " + positives.length + " positives and " + negatives.length
                            + " negatives: sampling balances two classes"));
        }
        return positives.length <= negatives.length
                ? new Classes(positives, negatives)
                : new Classes(negatives, positives);
    }

    static void checkRatio(double ratio) {
        if (!(ratio > 0 && Double.isFinite(ratio))) {
            throw new IllegalArgumentException(
                    "expected a ratio above 0, the rows of the majority for each of the minority, found " + ratio);
        }
    }

    /**
     * Whose likes are missing: rows of the minority, so many that with them the majority has {@code ratio} rows for each,
     * every one as often as any other or once more; none where there are enough.
     */
    int[] parents(double ratio, long seed) {
        long missing = Math.round(majority.length / ratio) - minority.length;
        if (missing > Integer.MAX_VALUE - 8L - minority.length - majority.length) {
            throw new IllegalArgumentException("a ratio of " + ratio + " asks for " + missing
                    + " more rows of the minority, more than can be held: raise it");
        }
        int[] order = minority.clone();
        Shuffle.shuffle(order, seed);
        return IntStream.range(0, (int) Math.max(0, missing))
                .map(i -> order[i % order.length])
                .toArray();
    }
}
