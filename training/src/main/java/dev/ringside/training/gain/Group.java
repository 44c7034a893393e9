package dev.ringside.training.gain;

import dev.ringside.training.dataset.Table;
import dev.ringside.training.evaluation.Auc;
import dev.ringside.training.evaluation.ScoredRows;
import dev.ringside.training.learning.Predictor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What each model says of a group's test rows, as sums that add up over groups.
 *
 * @param rows how many rows
 * @param pairs how many pairs of a positive and a row that is none
 * @param losses log loss by model, summed over the rows
 * @param ordered pairs in the right order by model, half of those of equal scores among them
 */
record Group(long rows, double pairs, SequencedMap<String, Double> losses, SequencedMap<String, Double> ordered) {
    /** What a score may be at least and, from 1, at most: one row must not decide. */
    private static final double LEAST = 1e-6;

    Group {
        losses = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(losses));
        ordered = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ordered));
    }

    /** Scores the rows by each model. */
    static Group of(Table test, Map<String, Predictor> models) {
        boolean[] labels = test.labels();
        double positives = Arrays.stream(test.targets()).sum();
        double pairs = positives * (test.size() - positives);
        SequencedMap<String, Double> losses = new LinkedHashMap<>();
        SequencedMap<String, Double> ordered = new LinkedHashMap<>();
        models.forEach((name, model) -> {
            double[] scores = model.score(test);
            double loss = 0;
            for (int row = 0; row < scores.length; row++) {
                double held = Math.clamp(scores[row], LEAST, 1 - LEAST);
                loss -= StrictMath.log(labels[row] ? held : 1 - held);
            }
            losses.put(name, loss);
            ordered.put(
                    name, Auc.of(new ScoredRows(labels, scores)).map(Auc::value).orElse(0.0) * pairs);
        });
        return new Group(test.size(), pairs, losses, ordered);
    }
}
