package dev.ringside.training.sampling;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.split.TrainingSide;
import java.util.List;

/** A way to make the rarer class weigh more in what a learner is fitted to. It is given rows that teach, and no others. */
public sealed interface Sampler permits AsItIs, DownSample, Copies, Smote, ClassWeights {
    /**
     * Chooses, weighs or makes rows. Equal arguments give an equal sample.
     *
     * @param side the rows that teach, of a binary label
     * @param features the columns that the learner reads
     * @param seed where all randomness comes from
     */
    Sample sample(TrainingSide side, List<FeatureSpec> features, long seed);
}
