package dev.ringside.training.sampling;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.split.TrainingSide;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All rows, those of the minority several times: each as often as any other, or once more.
 *
 * @param ratio rows of the majority for each of the minority afterwards, above 0; where there are fewer, no copy is made
 */
public record Copies(double ratio) implements Sampler {
    /** Checks the ratio. */
    public Copies {
        Classes.checkRatio(ratio);
    }

    @Override
    public Sample sample(TrainingSide side, List<FeatureSpec> features, long seed) {
        Classes classes = Classes.of(side);
        return Sample.of(IntStream.concat(IntStream.range(0, side.size()), Arrays.stream(classes.parents(ratio, seed)))
                .sorted()
                .toArray());
    }
}
