package dev.ringside.experiments.plan;

import dev.ringside.experiments.analysis.Normal;

/**
 * How much must be known to find an effect, and how many units that takes; variances not pooled (Chow, Shao, Wang and
 * Lokhnygina, Sample Size Calculations in Clinical Research, chapters 3 and 4).
 */
public final class SampleSize {
    private SampleSize() {}

    /**
     * The information, 1 / standard error², at which a one-sided test finds an effect with the given power:
     * ((z₁₋α + z_power) / effect)².
     *
     * @param effect the absolute difference; of a guardrail its margin plus the true difference in the good direction
     */
    public static double information(double effect, double alpha, double power) {
        double root = (Normal.upperQuantile(alpha) + Normal.upperQuantile(1 - power)) / effect;
        return root * root;
    }

    /**
     * The units of the control arm that give so much information.
     *
     * @param controlVariance of one unit
     * @param challengerVariance of one unit
     * @param ratio challenger's units over control's
     */
    public static double controlUnits(
            double information, double controlVariance, double challengerVariance, double ratio) {
        return information * (controlVariance + challengerVariance / ratio);
    }

    /** The information that so many units give. */
    public static double informationOf(
            double controlUnits, double challengerUnits, double controlVariance, double challengerVariance) {
        return 1 / (controlVariance / controlUnits + challengerVariance / challengerUnits);
    }

    /** The effect that so much information finds with the given power. */
    public static double effect(double information, double alpha, double power) {
        return (Normal.upperQuantile(alpha) + Normal.upperQuantile(1 - power)) / StrictMath.sqrt(information);
    }
}
