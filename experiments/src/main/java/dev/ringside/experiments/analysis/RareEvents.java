package dev.ringside.experiments.analysis;

import java.util.List;

/**
 * Evidence from counting units with an event, exact from the first event on: an arm that has none is the strongest
 * evidence, where a normal approximation has nothing to say. Each result is the logarithm of an e-value, the mean of
 * likelihood ratios over a fixed grid of alternatives, and one number for each cohort is multiplied in as it closes: under
 * the null the product ever reaches 1 / α with probability at most α (Ville; Ramdas, Grünwald, Vovk and Shafer,
 * Statistical Science 38, 2023).
 *
 * <p>Given a cohort's units, n₀ and n₁ with w = n₁ / (n₀ + n₁), and m events over both arms, each event is the challenger's
 * with probability w if rates are equal, and with w r / (1 − w + w r) if the challenger's is r times the control's. The
 * likelihood ratio of X challenger events is r^X / (1 − w + w r)^m. Units are drawn without replacement, which makes the
 * true expectation smaller still, as r^X is convex in X (Hoeffding 1963, theorem 4). What was planned for w does not
 * matter: conditioned on the units that came, lost units are no evidence of harm.
 */
public final class RareEvents {
    /** Ratios of rates, from none at all to nearly equal. */
    private static final double[] RATIOS = {
        0, 0.01, 0.03, 0.06, 0.1, 0.17, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.83, 0.9, 0.95
    };

    private RareEvents() {}

    /**
     * Evidence against the null that the challenger's rate is at least the control's, cohort by cohort: ln of (1 / 15) Σ_r
     * r^X / Π_d (1 − w_d + w_d r)^{m_d}, with 0⁰ = 1.
     */
    public static double logFewer(List<Occurrence> cohorts) {
        return logFewerThan(1, cohorts);
    }

    /** Evidence against the null that the challenger's rate is at most the control's: the same with the arms exchanged. */
    public static double logMore(List<Occurrence> cohorts) {
        return logFewer(Occurrence.exchanged(cohorts));
    }

    /**
     * Evidence against the null that the challenger's rate is at least half the control's: ln of (1 / 15) Σ_r r^X Π_d [(1 −
     * w_d + w_d / 2) / (1 − w_d + w_d r / 2)]^{m_d}.
     */
    public static double logFewerThanHalf(List<Occurrence> cohorts) {
        return logFewerThan(0.5, cohorts);
    }

    /** Evidence against the null that the control's rate is at least half the challenger's. */
    public static double logMoreThanTwice(List<Occurrence> cohorts) {
        return logFewerThanHalf(Occurrence.exchanged(cohorts));
    }

    /** Both kinds of evidence of one proportion, each with half the weight: events, and units without one. */
    public static double logMean(double first, double second) {
        return logMean(0.5, first, second);
    }

    /** ln(share · e^first + (1 − share) · e^second), without overflow. */
    public static double logMean(double share, double first, double second) {
        double a = StrictMath.log(share) + first;
        double b = StrictMath.log1p(-share) + second;
        double most = StrictMath.max(a, b);
        return most == Double.NEGATIVE_INFINITY
                ? most
                : most + StrictMath.log1p(StrictMath.exp(-StrictMath.abs(a - b)));
    }

    private static double logFewerThan(double nullRatio, List<Occurrence> cohorts) {
        double[] logs = new double[RATIOS.length];
        long challenger = 0;
        for (Occurrence cohort : cohorts) {
            long events = cohort.control() + cohort.challenger();
            if (events == 0) {
                continue;
            }
            challenger += cohort.challenger();
            double share = cohort.challengerUnits() / (double) (cohort.controlUnits() + cohort.challengerUnits());
            double other = 1 - share;
            double expected = nullRatio == 1 ? 0 : StrictMath.log(other + share * nullRatio);
            for (int i = 0; i < logs.length; i++) {
                // At ratio 0 a cohort without controls has only challenger events, and the term is left out below.
                logs[i] += events * (expected - StrictMath.log(other + share * nullRatio * RATIOS[i]));
            }
        }
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logs.length; i++) {
            if (RATIOS[i] == 0) {
                logs[i] = challenger == 0 ? logs[i] : Double.NEGATIVE_INFINITY;
            } else {
                logs[i] += challenger * StrictMath.log(RATIOS[i]);
            }
            most = StrictMath.max(most, logs[i]);
        }
        double sum = 0;
        for (double log : logs) {
            sum += StrictMath.exp(log - most);
        }
        return most + StrictMath.log(sum / logs.length);
    }

    /**
     * Evidence against the null that the challenger's rate is at least the control's less a margin, by universal inference
     * (Wasserman, Ramdas and Balakrishnan, PNAS 117, 2020): for each stratum the product of both arms' marginal likelihoods
     * under Beta(½, ½), which is what predicting unit after unit amounts to, over the greatest likelihood that the null
     * allows.
     *
     * @param strata within which rates are taken to be steady; one for each epoch of a region
     * @param margin above 0 and below 1
     */
    public static double logFewerByMoreThan(double margin, List<Occurrence> strata) {
        double sum = 0;
        for (Occurrence stratum : strata) {
            sum += marginal(stratum.control(), stratum.controlUnits())
                    + marginal(stratum.challenger(), stratum.challengerUnits())
                    - greatest(stratum, margin);
        }
        return sum;
    }

    private static double marginal(long events, long units) {
        return LogGamma.beta(events + 0.5, units - events + 0.5) - LogGamma.beta(0.5, 0.5);
    }

    /** The logarithm of the greatest likelihood with p₁ ≥ p₀ − margin. */
    private static double greatest(Occurrence stratum, double margin) {
        double control = rate(stratum.control(), stratum.controlUnits());
        double challenger = rate(stratum.challenger(), stratum.challengerUnits());
        if (stratum.controlUnits() > 0 && stratum.challengerUnits() > 0 && challenger < control - margin) {
            control = nearest(stratum, margin, challenger + margin, control);
            challenger = control - margin;
        }
        return likelihood(stratum.control(), stratum.controlUnits(), control)
                + likelihood(stratum.challenger(), stratum.challengerUnits(), challenger);
    }

    private static double rate(long events, long units) {
        return units == 0 ? 0 : events / (double) units;
    }

    /** The p₀ on the border p₁ = p₀ − margin where both likelihoods together are greatest: each alone is at an end. */
    private static double nearest(Occurrence stratum, double margin, double low, double high) {
        if (slope(stratum, margin, low) <= 0) {
            return low;
        }
        if (slope(stratum, margin, high) >= 0) {
            return high;
        }
        return Root.between(low, high, p -> slope(stratum, margin, p));
    }

    private static double slope(Occurrence stratum, double margin, double control) {
        return slope(stratum.control(), stratum.controlUnits(), control)
                + slope(stratum.challenger(), stratum.challengerUnits(), StrictMath.max(0, control - margin));
    }

    private static double slope(long events, long units, double p) {
        double up = events == 0 ? 0 : events / p;
        double down = events == units ? 0 : (units - events) / (1 - p);
        return up - down;
    }

    private static double likelihood(long events, long units, double p) {
        double with = events == 0 ? 0 : events * StrictMath.log(p);
        double without = events == units ? 0 : (units - events) * StrictMath.log1p(-p);
        return with + without;
    }
}
