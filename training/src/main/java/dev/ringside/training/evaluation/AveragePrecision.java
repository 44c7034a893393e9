package dev.ringside.training.evaluation;

import java.util.OptionalDouble;

/**
 * Area under the precision-recall curve as a step function: Σ (Rₖ − Rₖ₋₁)Pₖ over the distinct scores from the highest
 * down, without interpolation, which would flatter (Davis and Goadrich 2006). The sum is the positives' mean of the precision at their score.
 */
final class AveragePrecision implements Statistic {
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
    @Override
    public double of(double[] weights) {
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

    /**
     * With T and N the weight of positives and of all rows at a positive's score or above: a positive of weight w at or
     * below row k brings k's derivative wN⁻¹ where k is a positive, less wTN⁻² whatever k is; a positive k counts in
     * the mean itself, too. The whole is divided by the weight of all positives.
     */
    @Override
    public double[] influence(double[] weights) {
        double all = 0;
        double positives = 0;
        for (int row = 0; row < weights.length; row++) {
            all += weights[row];
            positives += labels[row] ? weights[row] : 0;
        }
        double area = of(weights);
        double above = all;
        double found = positives;
        double gained = 0;
        double lost = 0;
        double[] influence = new double[weights.length];
        for (int from = 0, to; from < order.size(); from = to) {
            to = order.nextGreater(from);
            double tied = 0;
            double positive = 0;
            for (int rank = from; rank < to; rank++) {
                int row = order.row(rank);
                tied += weights[row];
                positive += labels[row] ? weights[row] : 0;
            }
            if (positive > 0) {
                gained += positive / above;
                lost += positive * found / above / above;
            }
            for (int rank = from; rank < to; rank++) {
                int row = order.row(rank);
                double own = labels[row] ? found / above - area + gained : 0;
                influence[row] = weights[row] * (own - lost) / positives;
            }
            above -= tied;
            found -= positive;
        }
        return influence;
    }
}
