package dev.ringside.training.evaluation.offpolicy;

/**
 * How the test part is taken for the log of another policy, and which policy the model's scores make.
 *
 * @param action the feature that was chosen in each round
 * @param propensity the column with the probability with which it was chosen
 * @param reward the column with what came of it; the label itself, or another
 * @param explore the share of rounds in which the policy draws any action, all alike, 0 to 1; in the others it takes the
 *     one that scores highest
 * @param least the effective sample below which nothing is estimated
 * @param margin how much less than the logged policy it may earn, from 0, in reward a round
 */
public record OffPolicySettings(
        String action, String propensity, String reward, double explore, double least, double margin) {
    /** The effective sample where a document says nothing. */
    public static final double LEAST = 1_000;

    public OffPolicySettings {
        if (!(explore >= 0 && explore <= 1)) {
            throw new IllegalArgumentException("explore is " + explore + ", expected a share from 0 to 1");
        }
    }
}
