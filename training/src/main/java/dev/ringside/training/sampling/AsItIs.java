package dev.ringside.training.sampling;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.split.TrainingSide;
import java.util.List;

/** Every row once, as the data has it. */
public record AsItIs() implements Sampler {
    @Override
    public Sample sample(TrainingSide side, List<FeatureSpec> features, long seed) {
        return Sample.all(side);
    }
}
