package dev.ringside.training.distribution;

/** The χ² distribution. */
public final class ChiSquared {
    private ChiSquared() {}

    /**
     * The probability of a value above {@code statistic}.
     *
     * @param degrees the degrees of freedom, from 1; with 0 the statistic is 0 for certain
     */
    public static double survival(double statistic, int degrees) {
        return degrees == 0 ? 1 : IncompleteGamma.upper(degrees, statistic / 2);
    }
}
