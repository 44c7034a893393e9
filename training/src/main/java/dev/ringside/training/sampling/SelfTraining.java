package dev.ringside.training.sampling;

import dev.ringside.training.dataset.Table;
import dev.ringside.training.learning.Estimator;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.split.TrainingSide;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Adds rows without a label to the rarer class where a model is sure of them, and fits another (self-training; Yarowsky
 * 1995, "Unsupervised Word Sense Disambiguation Rivaling Supervised Methods"), until none is left of which it is sure. It
 * looks at those rows of the training part alone.
 *
 * @param member what is fitted each time
 * @param settings when to believe
 */
public record SelfTraining(Estimator member, Settings settings) implements Estimator {
    /**
     * When to believe.
     *
     * @param confidence the least probability of the rarer class, under the data's own prior, above .5 and below 1
     * @param rounds how many times rows are added at most
     */
    public record Settings(double confidence, int rounds) {
        /** Checks the settings. */
        public Settings {
            if (!(confidence > 0.5 && confidence < 1) || rounds < 1) {
                throw new IllegalArgumentException("expected a confidence between .5 and 1 and 1 round or more, found "
                        + confidence + " and " + rounds);
            }
        }
    }

    @Override
    public Predictor fit(TrainingSide train, @Nullable Table validation, RunContext run) {
        TrainingSide side = train;
        Predictor fitted = member.fit(side, validation, run);
        double rarer = train.rows().targets()[Classes.of(train).minority()[0]];
        for (int round = 1; round <= settings.rounds(); round++) {
            double[] scores = fitted.score(side.unlabelled());
            int[] sure = IntStream.range(0, scores.length)
                    .filter(row -> (rarer == 1 ? scores[row] : 1 - scores[row]) >= settings.confidence())
                    .toArray();
            if (sure.length == 0) {
                break;
            }
            side = side.believing(sure, rarer);
            fitted = member.fit(side, validation, run.derived("round", round));
        }
        return fitted;
    }
}
