package dev.ringside.training.sampling;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.split.Shuffle;
import dev.ringside.training.split.TrainingSide;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All rows of the minority, and so many of the majority as are drawn without replacement.
 *
 * @param ratio rows of the majority for each of the minority, above 0; where there are fewer, all of them
 */
public record DownSample(double ratio) implements Sampler {
    /** Checks the ratio. */
    public DownSample {
        Classes.checkRatio(ratio);
    }

    @Override
    public Sample sample(TrainingSide side, List<FeatureSpec> features, long seed) {
        Classes classes = Classes.of(side);
        int[] majority = classes.majority().clone();
        Shuffle.shuffle(majority, seed);
        long wanted = Math.max(1, Math.round(ratio * classes.minority().length));
        int[] drawn = Arrays.copyOf(majority, (int) Math.min(wanted, majority.length));
        return Sample.of(IntStream.concat(Arrays.stream(classes.minority()), Arrays.stream(drawn))
                .sorted() // in the order of the source, as where nothing is drawn
                .toArray());
    }
}
