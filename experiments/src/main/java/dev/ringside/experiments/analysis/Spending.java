package dev.ringside.experiments.analysis;

/**
 * The O'Brien–Fleming type spending function of Lan and DeMets (Biometrika 70, 1983): how much of a one-sided α may have
 * been spent at a fraction of the planned information. Little early, so that an early stop needs strong evidence.
 */
public final class Spending {
    private Spending() {}

    /**
     * The α that may be spent by then: 2 · (1 − Φ(z / √fraction)) with z exceeded with probability α / 2; all of it from
     * fraction 1 on.
     *
     * @param fraction of the planned information, above 0
     */
    public static double spent(double alpha, double fraction) {
        if (fraction >= 1) {
            return alpha;
        }
        return 2 * Normal.survival(Normal.upperQuantile(alpha / 2) / StrictMath.sqrt(fraction));
    }
}
