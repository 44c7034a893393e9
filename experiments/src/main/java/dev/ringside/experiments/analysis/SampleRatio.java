package dev.ringside.experiments.analysis;

/**
 * The sequential Dirichlet-multinomial test that units came to the arms in the planned ratio (Lindon and Malek, 2022). Its
 * Bayes factor is an e-value: under the planned ratio it ever exceeds 1 / α with probability at most α, however often one
 * looks; factors of independent sets of units may be multiplied.
 */
public final class SampleRatio {
    private SampleRatio() {}

    /**
     * The logarithm of the Bayes factor against the planned ratio.
     *
     * <p>With m = k·t + n by arm and M its total, the usual form ln Γ(k) − ln Γ(k + n) + Σ (ln Γ(m) − ln Γ(k t)) − Σ n ln
     * t subtracts numbers of the size n ln n. By Stirling's series it is Σ (m − ½) ln(m / (t M)) + ((1 − arms) / 2) ln(M /
     * k) + Σ (s(m) − s(k t)) − s(M) + s(k), with s the remainder of the series, and keeps 12 digits at 10⁸ units.
     *
     * @param counts units by arm
     * @param weights planned weights by arm, above 0; only their ratio matters
     * @param concentration k: how closely the alternative is held to the planned ratio
     */
    public static double logBayesFactor(long[] counts, double[] weights, double concentration) {
        if (counts.length != weights.length || counts.length < 2) {
            throw new IllegalArgumentException(counts.length + " counts and " + weights.length
                    + " weights, expected as many of both and at least two");
        }
        double weight = 0;
        long units = 0;
        for (int i = 0; i < counts.length; i++) {
            weight += weights[i];
            units += counts[i];
        }
        double total = concentration + units;
        double sum = 0.5 * (1 - counts.length) * StrictMath.log(total / concentration)
                - LogGamma.remainder(total)
                + LogGamma.remainder(concentration);
        for (int i = 0; i < counts.length; i++) {
            double share = weights[i] / weight;
            double prior = concentration * share;
            double posterior = prior + counts[i];
            double excess = (counts[i] - share * units) / (share * total);
            sum += (posterior - 0.5) * StrictMath.log1p(excess)
                    + LogGamma.remainder(posterior)
                    - LogGamma.remainder(prior);
        }
        return sum;
    }

    /**
     * The logarithm of the mean of the Bayes factors at several concentrations, itself a Bayes factor: it finds large and
     * small departures about as soon as the concentration that suits them best.
     */
    public static double logBayesFactor(long[] counts, double[] weights, double[] concentrations) {
        double most = Double.NEGATIVE_INFINITY;
        double[] each = new double[concentrations.length];
        for (int i = 0; i < each.length; i++) {
            each[i] = logBayesFactor(counts, weights, concentrations[i]);
            most = StrictMath.max(most, each[i]);
        }
        double sum = 0;
        for (double one : each) {
            sum += StrictMath.exp(one - most);
        }
        return most + StrictMath.log(sum / each.length);
    }
}
