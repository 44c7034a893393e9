package dev.ringside.training.evaluation.offpolicy;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Estimates a policy's value from another policy's log, with w the ratio of the policies' probabilities, r the reward,
 * q̂ a model's prediction for the action and V̂ its mean over the policy's actions.
 *
 * <ul>
 *   <li>{@code ips}: the mean of wr; unbiased, of great variance (Horvitz and Thompson 1952)
 *   <li>{@code snips}: Σwr/Σw; error by the delta method (Swaminathan and Joachims 2015)
 *   <li>{@code clipped_ips}: the mean of min(w, λ)r; biased downwards for rewards above 0 (Bottou et al. 2013)
 *   <li>{@code dm}: the mean of V̂; as good as the model, whose own error its standard error does not hold
 *   <li>{@code dr}: the mean of V̂ + w(r − q̂), the model taken as fixed (Dudík et al. 2014)
 * </ul>
 *
 * @param least the effective sample size below which nothing is estimated
 * @param clip λ, the greatest weight in {@code clipped_ips}
 * @param level the share of intervals that hold the true value, such as .95
 */
public record OffPolicyEvaluation(double least, double clip, double level) {
    /** An effective sample of 1,000 rounds, weights clipped at 10, intervals of level .95. */
    public static OffPolicyEvaluation standard() {
        return new OffPolicyEvaluation(1_000, 10, 0.95);
    }

    public OffPolicyEvaluation {
        if (!(least >= 1 && clip > 0)) {
            throw new IllegalArgumentException("the least effective sample size is " + least + " and the clip " + clip
                    + ", expected 1 or more and a number above 0");
        }
    }

    /** The estimates, or why there are none. */
    public OffPolicyResult evaluate(LoggedRounds rounds) {
        double sum = 0;
        double squares = 0;
        double largest = 0;
        int telling = 0;
        for (int round = 0; round < rounds.size(); round++) {
            double weight = rounds.weight(round);
            sum += weight;
            squares += weight * weight;
            largest = StrictMath.max(largest, weight);
            telling += weight > 0 && rounds.rewards()[round] != 0 ? 1 : 0;
        }
        double size = squares == 0 ? 0 : sum * sum / squares;
        String reason = refusal(rounds, size, telling);
        return reason != null
                ? new OffPolicyResult.Refused(size, reason)
                : new OffPolicyResult.Estimated(size, sum / rounds.size(), largest, values(rounds));
    }

    private @Nullable String refusal(LoggedRounds rounds, double size, int telling) {
        if (size < least) {
            return String.format(
                    Locale.ROOT,
                    "the %d rounds of the log tell as much of this policy as %.0f of its own would, at least %.0f are"
                            + " asked for: log more rounds, or evaluate a policy that is closer to the logged one",
                    rounds.size(),
                    size,
                    least);
        }
        if (telling == 0) {
            return String.format(
                    Locale.ROOT,
                    "none of the %d rounds that this policy might have chosen alike had a reward other than 0: its"
                            + " value is small, but no interval can be given",
                    rounds.size());
        }
        return null;
    }

    /** The estimates, however little stands behind them. */
    Map<String, PolicyValue> values(LoggedRounds rounds) {
        Map<String, PolicyValue> values = new TreeMap<>();
        values.put("ips", clipped(rounds, Double.POSITIVE_INFINITY));
        values.put("clipped_ips", clipped(rounds, clip));
        values.put("snips", selfNormalised(rounds));
        LoggedRounds.RewardModel model = rounds.model();
        if (model != null) {
            values.put("dm", ofTerms(rounds, model.ofPolicy().clone()));
            double[] terms = new double[rounds.size()];
            for (int round = 0; round < terms.length; round++) {
                double miss = rounds.rewards()[round] - model.ofAction()[round];
                terms[round] = model.ofPolicy()[round] + rounds.weight(round) * miss;
            }
            values.put("dr", ofTerms(rounds, terms));
        }
        return values;
    }

    private PolicyValue clipped(LoggedRounds rounds, double limit) {
        double[] terms = new double[rounds.size()];
        for (int round = 0; round < terms.length; round++) {
            terms[round] = StrictMath.min(rounds.weight(round), limit) * rounds.rewards()[round];
        }
        return ofTerms(rounds, terms);
    }

    /** The mean of one term a round, which is what a round's influence is counted from. */
    private PolicyValue ofTerms(LoggedRounds rounds, double[] terms) {
        double value = PolicyValue.mean(terms);
        for (int round = 0; round < terms.length; round++) {
            terms[round] -= value;
        }
        return PolicyValue.of(value, terms, rounds.rewards(), level);
    }

    private PolicyValue selfNormalised(LoggedRounds rounds) {
        double weights = 0;
        double earned = 0;
        for (int round = 0; round < rounds.size(); round++) {
            weights += rounds.weight(round);
            earned += rounds.weight(round) * rounds.rewards()[round];
        }
        double value = earned / weights;
        double mean = weights / rounds.size();
        double[] influence = new double[rounds.size()];
        for (int round = 0; round < influence.length; round++) {
            influence[round] = rounds.weight(round) * (rounds.rewards()[round] - value) / mean;
        }
        return PolicyValue.of(value, influence, rounds.rewards(), level);
    }
}
