package dev.ringside.training.evaluation;

import dev.ringside.training.distribution.Normal;
import dev.ringside.training.distribution.StudentT;
import java.util.Optional;

/**
 * Area under the ROC curve: the probability that a positive scores above a negative, a tie counting one half (Mann and
 * Whitney 1947), with the variance of DeLong, DeLong and Clarke-Pearson (1988).
 *
 * <p>DeLong's structural components come from mid-ranks in O(n log n) (Sun and Xu 2014): a positive's component V₁₀ is
 * the share of negatives below it, a negative's V₀₁ the share of positives above it. Each row keeps its influence,
 * (V₁₀ − A)/√(m(m − 1)) or (V₀₁ − A)/√(n(n − 1)), so that the variance is the sum of squares of one area's influences
 * and the covariance of two areas on the same rows the sum of products. With weights the shares are of weight, a row's
 * influence is multiplied by its weight over its class's mean weight, and the variance is the linearised one.
 */
public final class Auc {
    private final double value;
    private final double[] influence;
    private final long positives;
    private final long negatives;
    private final long degrees;

    private Auc(double value, double[] influence, long positives, long negatives, long degrees) {
        this.value = value;
        this.influence = influence;
        this.positives = positives;
        this.negatives = negatives;
        this.degrees = degrees;
    }

    /** The area; empty where one of the classes is. */
    public static Optional<Auc> of(ScoredRows rows) {
        ClassWeight positive = new ClassWeight();
        ClassWeight negative = new ClassWeight();
        for (int row = 0; row < rows.size(); row++) {
            (rows.labels()[row] ? positive : negative).add(rows.weight(row));
        }
        if (positive.rows == 0 || negative.rows == 0) {
            return Optional.empty();
        }
        double[] components = components(rows, positive.sum, negative.sum);
        double area = 0;
        for (int row = 0; row < components.length; row++) {
            if (rows.labels()[row]) {
                area += rows.weight(row) * components[row];
            }
        }
        area /= positive.sum;
        for (int row = 0; row < components.length; row++) {
            ClassWeight own = rows.labels()[row] ? positive : negative;
            components[row] = (components[row] - area) * rows.weight(row) * own.scale();
            own.variance += components[row] * components[row];
        }
        return Optional.of(new Auc(
                StrictMath.clamp(area, 0, 1), components, positive.rows, negative.rows, degrees(positive, negative)));
    }

    /** The degrees of freedom of a sum of two variances (Satterthwaite 1946), rounded down. */
    private static long degrees(ClassWeight positive, ClassWeight negative) {
        double both = positive.variance + negative.variance;
        double spread = positive.variance * positive.variance / (positive.rows - 1)
                + negative.variance * negative.variance / (negative.rows - 1);
        return spread > 0 ? StrictMath.max(1, (long) (both * both / spread)) : 1;
    }

    /** The rows that count in a class and what they weigh. */
    private static final class ClassWeight {
        private long rows;
        private double sum;
        private double variance;

        void add(double weight) {
            rows += weight > 0 ? 1 : 0;
            sum += weight;
        }

        double scale() {
            return rows < 2 ? 0 : StrictMath.sqrt(rows / (rows - 1.0)) / sum;
        }
    }

    private static double[] components(ScoredRows rows, double allPositive, double allNegative) {
        double[] components = new double[rows.size()];
        ScoreOrder order = ScoreOrder.of(rows.scores());
        double positiveBelow = 0;
        double negativeBelow = 0;
        for (int from = 0, to; from < order.size(); from = to) {
            to = order.nextGreater(from);
            double positiveTied = 0;
            double negativeTied = 0;
            for (int rank = from; rank < to; rank++) {
                int row = order.row(rank);
                if (rows.labels()[row]) {
                    positiveTied += rows.weight(row);
                } else {
                    negativeTied += rows.weight(row);
                }
            }
            double ofPositive = (negativeBelow + negativeTied / 2) / allNegative;
            double ofNegative = (allPositive - positiveBelow - positiveTied / 2) / allPositive;
            for (int rank = from; rank < to; rank++) {
                int row = order.row(rank);
                components[row] = rows.labels()[row] ? ofPositive : ofNegative;
            }
            positiveBelow += positiveTied;
            negativeBelow += negativeTied;
        }
        return components;
    }

    public double value() {
        return value;
    }

    /** How many positives there are. */
    public long positives() {
        return positives;
    }

    /** How many negatives there are. */
    public long negatives() {
        return negatives;
    }

    /** DeLong's variance of the area; infinite where a class has one row only, which shows no variance. */
    public double variance() {
        return covariance(this);
    }

    /** DeLong's covariance with another model's area on the same rows; infinite where the variance is. */
    public double covariance(Auc other) {
        RowArrays.requireLength("the other area", other.influence.length, "this area", influence.length);
        if (positives < 2 || negatives < 2) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = 0;
        for (int row = 0; row < influence.length; row++) {
            sum += influence[row] * other.influence[row];
        }
        return sum;
    }

    /** A row's contribution to the estimated error of the area. */
    double influence(int row) {
        return influence[row];
    }

    /**
     * The interval on the logit scale: ln(A/(1 − A)) ± t·se/(A(1 − A)), transformed back (Pepe 2003, section 5.2.4), t of
     * as many degrees as the two classes' variances have, which is nearly m − 1 where positives are few.
     *
     * <p>It is the one that is reported, as it holds the true area more often than the plain one where positives are
     * few or the area is near 1 (of 11 positives .95 of the time against .91), and never leaves [0, 1]. Where the
     * classes are separated outright DeLong's variance is 0, which is no certainty: min(m, n) pairs of different rows
     * were then all won, so that an area below (α/2)^(1/min(m, n)) is refuted.
     *
     * @param level the share of intervals that hold the true area, such as .95
     */
    public Estimate interval(double level) {
        double alpha = 1 - level;
        if (value == 0 || value == 1) {
            double bound = StrictMath.pow(alpha / 2, 1.0 / StrictMath.min(positives, negatives));
            return value == 1 ? new Estimate(1, bound, 1.0) : new Estimate(0, 0.0, 1 - bound);
        }
        double logit = StrictMath.log(value / (1 - value));
        double half = StudentT.halfWidth(level, degrees) * StrictMath.sqrt(variance()) / (value * (1 - value));
        // Rounding may put the end on the other side of a value without any spread.
        return new Estimate(
                value,
                StrictMath.min(value, 1 / (1 + StrictMath.exp(half - logit))),
                StrictMath.max(value, 1 / (1 + StrictMath.exp(-half - logit))));
    }

    /** The plain interval, A ± z·se held within [0, 1]: what pROC prints; for comparison with it. */
    public Estimate plainInterval(double level) {
        double half = Normal.halfWidth(level) * StrictMath.sqrt(variance());
        return new Estimate(value, StrictMath.max(0, value - half), StrictMath.min(1, value + half));
    }
}
