package dev.ringside.training.learning;

import dev.ringside.training.dataset.Table;
import dev.ringside.training.split.Folds.Fold;
import dev.ringside.training.split.TrainingSide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Fits several members of a binary label and learns how to combine them (Wolpert 1992, "Stacked Generalization"). The
 * combination is fitted to logits of rows that the member had not seen: each fold's by members that were fitted to the
 * other folds. Then every member is fitted to all training rows.
 *
 * @param members what is combined
 * @param combiner what combines them
 * @param folds cuts training rows, given a seed
 */
public record Stacking(List<Estimator> members, Learner combiner, BiFunction<Table, Long, List<Fold>> folds)
        implements Estimator {
    /** Keeps the list as it is. */
    public Stacking {
        members = List.copyOf(members);
    }

    @Override
    public Stacked fit(TrainingSide train, @Nullable Table validation, RunContext run) {
        float[] logits = new float[train.size() * members.size()];
        Arrays.fill(logits, Float.NaN);
        List<Fold> cut = folds.apply(train.rows(), run.derived("folds", 0).seed());
        for (int fold = 0; fold < cut.size(); fold++) {
            int[] held = cut.get(fold).test();
            TrainingSide rest = train.of(cut.get(fold));
            List<Predictor> fitted = each(rest, validation, run.derived("fold", fold));
            float[] unseen = Stacked.logits(fitted, train.rows().select(held));
            for (int i = 0; i < held.length; i++) {
                System.arraycopy(unseen, i * members.size(), logits, held[i] * members.size(), members.size());
            }
        }
        int[] unseen = IntStream.range(0, train.size())
                .filter(row -> !Float.isNaN(logits[row * members.size()]))
                .toArray();
        Table rows = train.rows().select(unseen);
        Examples examples =
                new Examples(Stacked.encoded(logits, members.size()).select(unseen), rows.targets(), rows.weights());
        Model model = combiner.fit(examples, null, run.derived("combiner", 0));
        return new Stacked(each(train, validation, run), model);
    }

    private List<Predictor> each(TrainingSide train, @Nullable Table validation, RunContext run) {
        List<Predictor> fitted = new ArrayList<>();
        for (Estimator member : members) {
            fitted.add(member.fit(train, validation, run.derived("member", fitted.size())));
        }
        return fitted;
    }
}
