package dev.ringside.training.learning;

import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.split.TrainingSide;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Representations, then a learner.
 *
 * @param features how the learner is shown each feature
 * @param learner what is fitted to them
 */
public record Pipeline(List<Represented> features, Learner learner) implements Estimator {
    /** Keeps the list as it is. */
    public Pipeline {
        features = List.copyOf(features);
    }

    @Override
    public Predictor fit(TrainingSide train, @Nullable Table validation, RunContext run) {
        Encoder encoder = Encoder.fit(train.rows(), features);
        Model model = learner.fit(
                teaching(encoder, train), validation == null ? null : Examples.of(encoder, validation), run);
        return new Fitted(encoder, model);
    }

    /** The rows that have their label and, where tasks are learnt beside it, those that lack it and teach the tasks alone. */
    private static Examples teaching(Encoder encoder, TrainingSide train) {
        Examples labelled = Examples.training(encoder, train.rows());
        if (train.rows().others().isEmpty()) {
            return labelled;
        }
        Table more = train.unlabelled();
        return more.size() == 0 ? labelled : labelled.followedBy(Examples.of(encoder, more));
    }
}
