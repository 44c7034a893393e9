package dev.ringside.training.learning;

import dev.ringside.training.dataset.Table;
import dev.ringside.training.split.TrainingSide;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits several and averages their scores, each with a seed of its own.
 *
 * @param members at least one
 */
public record Averaging(List<Estimator> members) implements Estimator {
    /** Keeps the list as it is. */
    public Averaging {
        members = List.copyOf(members);
    }

    /** The same one several times. */
    public static Averaging seeds(Estimator member, int seeds) {
        return new Averaging(Collections.nCopies(seeds, member));
    }

    @Override
    public Averaged fit(TrainingSide train, @Nullable Table validation, RunContext run) {
        List<Predictor> fitted = new ArrayList<>();
        for (Estimator member : members) {
            fitted.add(member.fit(train, validation, run.derived("member", fitted.size())));
        }
        return new Averaged(fitted);
    }
}
