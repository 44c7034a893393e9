package dev.ringside.training.sampling;

import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.learning.Examples;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much the rows of either class weigh together.
 *
 * @param positives the positives' weights, above 0
 * @param negatives the negatives' weights, above 0
 */
public record Prior(double positives, double negatives) {
    /** Checks that there are both. */
    public Prior {
        if (!(positives > 0) || !(negatives > 0)) {
            throw new InvalidData(
                    "the training rows",
                    List.of("expected both classes, found positives of weight " + positives
                            + " and negatives of weight " + negatives + ": sampling balances two classes"));
        }
    }

    /** The prior of the first rows. */
    static Prior first(int count, Examples examples) {
        double[] weights = examples.weights();
        return of(Arrays.copyOf(examples.targets(), count), weights == null ? null : Arrays.copyOf(weights, count));
    }

    static Prior of(Examples examples) {
        return of(examples.targets(), examples.weights());
    }

    static Prior of(double[] targets, double @Nullable [] weights) {
        double positives = 0;
        double negatives = 0;
        for (int row = 0; row < targets.length; row++) {
            double weight = weights == null ? 1 : weights[row];
            if (targets[row] == 1) {
                positives += weight;
            } else {
                negatives += weight;
            }
        }
        return new Prior(positives, negatives);
    }

    /** The share of positives, 0 to 1. */
    public double share() {
        return positives / (positives + negatives);
    }

    /**
     * What has to be added to the logit of a score that was learnt under this prior, so that it is one under another:
     * theorem 2 of Elkan 2001 ("The Foundations of Cost-Sensitive Learning"), equation 2.4 of Saerens, Latinne and
     * Decaestecker 2002 for two classes, both of which multiply the odds by the ratio of the priors' odds. It holds where
     * the rows of each class are distributed alike under both priors.
     */
    public double shiftTo(Prior other) {
        return StrictMath.log(other.positives / other.negatives) - StrictMath.log(positives / negatives);
    }

    /**
     * Rows weighted so that, where their share of positives is another prior's, it becomes this one's.
     *
     * @param examples the rows
     * @param theirs their prior
     */
    Examples imposedOn(Examples examples, Prior theirs) {
        double positive = share() / theirs.share();
        double negative = (1 - share()) / (1 - theirs.share());
        double[] weights = new double[examples.size()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = examples.weight(row) * (examples.targets()[row] == 1 ? positive : negative);
        }
        return new Examples(examples.features(), examples.targets(), weights);
    }
}
