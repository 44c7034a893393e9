package dev.ringside.training.evaluation;

import java.util.OptionalDouble;

/**
 * Area under the precision-recall curve as a step function: Σ (Rₖ − Rₖ₋₁)Pₖ over the distinct scores from the highest
 * down, without interpolation, which would flatter (Davis and Goadrich 2006).
 */
final class AveragePrecision {
    private final boolean[] labels;
    private final ScoreOrder order;

    AveragePrecision(ScoredRows rows) {
        this.labels = rows.labels();
        this.order = ScoreOrder.of(rows.scores());
    }

    static OptionalDouble of(ScoredRows rows) {
        double precision = new AveragePrecision(rows).of(RowArrays.weights(rows));
        return Double.isNaN(precision) ? OptionalDouble.empty() : OptionalDouble.of(precision);
    }

    /** The area with these weights; NaN where no positive counts. */
    double of(double[] weights) {
        double above = 0;
        double positive = 0;
        double sum = 0;
        for (int from = order.size() - 1, to; from >= 0; from = to) {
            to = order.nextSmaller(from);
            double gained = 0;
            for (int rank = from; rank > to; rank--) {
                int row = order.row(rank);
                above += weights[row];
                gained += labels[row] ? weights[row] : 0;
            }
            positive += gained;
            if (gained > 0) {
                sum += gained * positive / above;
            }
        }
        return sum / positive;
    }
}
