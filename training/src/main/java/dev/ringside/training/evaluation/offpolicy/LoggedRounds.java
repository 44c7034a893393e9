package dev.ringside.training.evaluation.offpolicy;

import org.jspecify.annotations.Nullable;

/**
 * Rounds in which a logged policy chose an action and a reward was seen; one element a round.
 *
 * @param rewards of the action that was chosen, finite
 * @param propensities with which the logged policy chose it, above 0 to 1
 * @param probabilities with which the policy in question would have chosen it, 0 to 1
 * @param model rewards as a model predicts them; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // columns of a table, never compared
public record LoggedRounds(
        double[] rewards,
        double[] propensities,
        double[] probabilities,
        @Nullable RewardModel model) {
    /**
     * A model's predictions.
     *
     * @param ofAction the reward of the action that was chosen
     * @param ofPolicy the mean reward over the actions, as likely as the policy in question chooses them
     */
    @SuppressWarnings("ArrayRecordComponent") // columns of a table, never compared
    public record RewardModel(double[] ofAction, double[] ofPolicy) {}

    public LoggedRounds {
        requireRounds("probabilities", probabilities.length, rewards.length);
        requireRounds("propensities", propensities.length, rewards.length);
        if (rewards.length < 2) {
            throw new IllegalArgumentException("there are " + rewards.length + " rounds, expected 2 or more");
        }
        if (model != null) {
            requireRounds("predictions for the action", model.ofAction().length, rewards.length);
            requireRounds("predictions for the policy", model.ofPolicy().length, rewards.length);
        }
        for (int round = 0; round < rewards.length; round++) {
            require(Double.isFinite(rewards[round]), "reward", round, rewards[round], "a finite number");
            require(
                    propensities[round] > 0 && propensities[round] <= 1,
                    "propensity",
                    round,
                    propensities[round],
                    "above 0 and at most 1: what could not be chosen was not logged");
            require(
                    probabilities[round] >= 0 && probabilities[round] <= 1,
                    "probability",
                    round,
                    probabilities[round],
                    "0 to 1");
            if (model != null) {
                double predicted = model.ofAction()[round] + model.ofPolicy()[round];
                require(Double.isFinite(predicted), "prediction", round, predicted, "a finite number");
            }
        }
    }

    private static void requireRounds(String what, int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    "there are " + found + " " + what + " for " + expected + " rewards, expected as many");
        }
    }

    private static void require(boolean holds, String what, int round, double found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(what + " of round " + round + " is " + found + ", expected " + expected);
        }
    }

    int size() {
        return rewards.length;
    }

    /** How many times as likely the policy in question was to choose what was chosen. */
    double weight(int round) {
        return probabilities[round] / propensities[round];
    }
}
