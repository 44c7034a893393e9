package dev.ringside.training.evaluation;

import dev.ringside.training.distribution.Normal;

/**
 * Two models' areas compared on the same rows (DeLong, DeLong and Clarke-Pearson 1988, section 3).
 *
 * @param difference the first area less the second
 * @param standardError of the difference, the areas' covariance taken into account; 1 where a class has one row only
 * @param z the difference over its standard error; 0 where both are 0
 * @param p of the two-sided test that the areas are equal
 * @param low the interval's lower end, not below −1
 * @param high its upper end, not above 1
 */
public record AucDifference(double difference, double standardError, double z, double p, double low, double high) {
    /**
     * Compares two areas.
     *
     * @param level the share of intervals that hold the true difference, such as .95
     */
    public static AucDifference between(Auc first, Auc second, double level) {
        double difference = first.value() - second.value();
        double variance = first.variance() + second.variance() - 2 * first.covariance(second);
        // Without a variance anything between −1 and 1 is possible; equal rankings differ by rounding alone.
        double error = Double.isNaN(variance) ? 1 : StrictMath.sqrt(StrictMath.max(0, variance));
        double z = difference == 0 ? 0 : difference / error;
        double half = Double.isNaN(variance) ? 2 : Normal.halfWidth(level) * error;
        return new AucDifference(
                difference,
                error,
                z,
                Normal.twoSided(z),
                StrictMath.max(-1, difference - half),
                StrictMath.min(1, difference + half));
    }

    /** The difference with its interval. */
    public Estimate estimate() {
        return new Estimate(difference, low, high);
    }
}
