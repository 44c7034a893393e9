package dev.ringside.training.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * What acting on all rows of a score or above would do.
 *
 * @param falsePositiveRate the share of negatives acted on
 * @param recall the share of positives acted on: the true positive rate
 * @param precision the share of positives among those acted on
 */
public record OperatingPoint(double falsePositiveRate, double recall, double precision) {
    /**
     * One for each distinct score from the highest down, thinned to where a rate has moved by {@code step} or more, the
     * last always among them; empty where one of the classes is.
     *
     * @param step such as 1/500, below what a picture can show; 0 for all
     */
    public static List<OperatingPoint> of(ScoredRows rows, double step) {
        double positives = 0;
        double negatives = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (rows.labels()[row]) {
                positives += rows.weight(row);
            } else {
                negatives += rows.weight(row);
            }
        }
        List<OperatingPoint> points = new ArrayList<>();
        if (positives == 0 || negatives == 0) {
            return points;
        }
        ScoreOrder order = ScoreOrder.of(rows.scores());
        double found = 0;
        double wrong = 0;
        OperatingPoint last = null;
        for (int from = order.size() - 1, to; from >= 0; from = to) {
            to = order.nextSmaller(from);
            for (int rank = from; rank > to; rank--) {
                int row = order.row(rank);
                if (rows.labels()[row]) {
                    found += rows.weight(row);
                } else {
                    wrong += rows.weight(row);
                }
            }
            if (found + wrong == 0) {
                continue;
            }
            OperatingPoint point = new OperatingPoint(wrong / negatives, found / positives, found / (found + wrong));
            if (last == null || to < 0 || point.distance(last) >= step) {
                points.add(point);
                last = point;
            }
        }
        return points;
    }

    private double distance(OperatingPoint other) {
        return StrictMath.max(
                StrictMath.abs(falsePositiveRate - other.falsePositiveRate), StrictMath.abs(recall - other.recall));
    }
}
