package dev.ringside.experiments.analysis;

/**
 * The asymptotic confidence sequence of a normal mixture on the information scale I = 1 / standard error²: valid at every
 * look at once, whenever one stops (Waudby-Smith et al., arXiv 2103.06476; Howard et al., Annals of Statistics 49, 2021).
 *
 * @param phi the precision of the mixture; it decides where the sequence is narrow, never whether it is valid
 * @param alpha the probability of ever missing the truth
 */
public record NormalMixture(double phi, double alpha) {
    public NormalMixture {
        if (!(phi > 0 && alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException(
                    "phi is " + phi + ", expected above 0; alpha is " + alpha + ", expected above 0 and below 1");
        }
    }

    /**
     * The mixture that is about as narrow as can be at the information {@code star}: φ = I* / (−2 ln α + ln(1 − 2 ln α)).
     */
    public static NormalMixture narrowestAt(double star, double alpha) {
        double twice = -2 * StrictMath.log(alpha);
        return new NormalMixture(star / (twice + StrictMath.log(1 + twice)), alpha);
    }

    /** The half-width of the two-sided sequence: √(((I + φ) / I²) · ln((I + φ) / (φ α²))). */
    public double halfWidth(double information) {
        double sum = information + phi;
        double logarithm = StrictMath.log(sum / phi) - 2 * StrictMath.log(alpha);
        return StrictMath.sqrt(sum * logarithm) / information;
    }

    /**
     * The boundary of the one-sided sequence for z = estimate / standard error: where the mixture's e-value
     * 2 · √(φ / (I + φ)) · exp(z² I / (2 (I + φ))) · Φ(z √(I / (I + φ))) is 1 / α.
     */
    public double criticalZ(double information) {
        double sum = information + phi;
        double share = StrictMath.sqrt(information / sum);
        double target = -StrictMath.log(alpha) - StrictMath.log(2) + 0.5 * StrictMath.log(sum / phi);
        // At u = z · share below the exponent's own root the e-value is too small, as Φ < 1; two above it Φ > .97.
        double high = StrictMath.sqrt(2 * StrictMath.max(target, 0)) + 2;
        double u = Root.between(-38, high, x -> 0.5 * x * x + StrictMath.log(Normal.cdf(x)) - target);
        return u / share;
    }

    /** The logarithm of the one-sided e-value of a statistic; at −ln α the boundary is reached. */
    public double logEvidence(double information, double z) {
        double sum = information + phi;
        double u = z * StrictMath.sqrt(information / sum);
        return StrictMath.log(2) - 0.5 * StrictMath.log(sum / phi) + 0.5 * u * u + StrictMath.log(Normal.cdf(u));
    }
}
