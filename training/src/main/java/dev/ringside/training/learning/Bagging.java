package dev.ringside.training.learning;

import dev.ringside.training.dataset.Table;
import dev.ringside.training.split.TrainingSide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Fits the same one to several samples of the training rows and averages the scores (bootstrap aggregating, Breiman
 * 1996). A sample has as many rows as there are, drawn with replacement.
 *
 * @param member what is fitted
 * @param bags how many times
 */
public record Bagging(Estimator member, int bags) implements Estimator {
    @Override
    public Averaged fit(TrainingSide train, @Nullable Table validation, RunContext run) {
        List<Predictor> fitted = new ArrayList<>();
        for (int bag = 0; bag < bags; bag++) {
            RunContext own = run.derived("bag", bag);
            var random = new SplittableRandom(own.seed());
            int[] drawn = new int[train.size()];
            Arrays.setAll(drawn, _ -> random.nextInt(train.size()));
            Arrays.sort(drawn); // in the order of the source, as where nothing is drawn
            fitted.add(member.fit(train.select(drawn), validation, own));
        }
        return new Averaged(fitted);
    }
}
