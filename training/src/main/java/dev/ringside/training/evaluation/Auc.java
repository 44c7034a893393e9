package dev.ringside.training.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Area under the ROC curve: the probability that a positive scores above a negative, a tie counting one half (Mann and
 * Whitney 1947).
 */
final class Auc {
    private Auc() {}

    /** The area; empty where one of the classes is. */
    static OptionalDouble of(boolean[] labels, double[] scores) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        long positives = 0;
        double rankSum = 0;
        for (int from = 0, to; from < order.length; from = to) {
            to = from + 1;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                to++;
            }
            long tied = Arrays.stream(order, from, to).filter(i -> labels[i]).count();
            positives += tied;
            rankSum += tied * ((from + 1 + to) / 2.0);
        }
        long negatives = labels.length - positives;
        return positives == 0 || negatives == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((rankSum - positives * (positives + 1) / 2.0) / ((double) positives * negatives));
    }
}
