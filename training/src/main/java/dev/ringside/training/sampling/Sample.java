package dev.ringside.training.sampling;

import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.split.TrainingSide;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a learner is fitted to in place of a training side.
 *
 * @param places rows of the side, in its order; one may be there several times
 * @param synthetic rows that were made of them; null for none
 * @param positiveWeight what a positive's weight is multiplied by
 */
@SuppressWarnings("ArrayRecordComponent") // as many places as there are rows; never compared
public record Sample(int[] places, @Nullable Synthetic synthetic, double positiveWeight) {
    /**
     * Rows that nobody was.
     *
     * @param rows the features that the learner reads, and no other column
     * @param parents the place of the row of which each was made, in the side
     * @param neighbours the place of the row towards which it lies, in the side
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Synthetic(Table rows, int[] parents, int[] neighbours) {}

    static Sample of(int[] places) {
        return new Sample(places, null, 1);
    }

    static Sample all(TrainingSide side) {
        return of(IntStream.range(0, side.size()).toArray());
    }

    Sample withPositives(double weight) {
        return new Sample(places, synthetic, weight);
    }

    /**
     * The rows as a learner sees them.
     *
     * @param real the side's rows, encoded as training rows
     * @param encoder what they were encoded by
     */
    Examples examples(Examples real, Encoder encoder) {
        Examples chosen = real.select(places);
        Examples all = synthetic == null ? chosen : chosen.followedBy(Examples.of(encoder, synthetic.rows()));
        if (positiveWeight == 1) {
            return all;
        }
        double[] weights = new double[all.size()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = all.weight(row) * (all.targets()[row] == 1 ? positiveWeight : 1);
        }
        return new Examples(all.features(), all.targets(), weights);
    }
}
