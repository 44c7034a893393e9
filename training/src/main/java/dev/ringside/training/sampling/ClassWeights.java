package dev.ringside.training.sampling;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.split.TrainingSide;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every row once, of which the positives count more.
 *
 * @param positiveWeight what a positive counts beside a negative, above 0; null for as much as makes both classes weigh
 *     the same
 */
public record ClassWeights(@Nullable Double positiveWeight) implements Sampler {
    /** Checks the weight. */
    public ClassWeights {
        if (positiveWeight != null && !(positiveWeight > 0 && Double.isFinite(positiveWeight))) {
            throw new IllegalArgumentException("expected a positive weight above 0, found " + positiveWeight);
        }
    }

    @Override
    public Sample sample(TrainingSide side, List<FeatureSpec> features, long seed) {
        if (positiveWeight != null) {
            return Sample.all(side).withPositives(positiveWeight);
        }
        Prior prior = Prior.of(side.rows().targets(), side.rows().weights());
        return Sample.all(side).withPositives(prior.negatives() / prior.positives());
    }
}
