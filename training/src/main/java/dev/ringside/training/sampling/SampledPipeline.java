package dev.ringside.training.sampling;

import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.learning.Estimator;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Learner;
import dev.ringside.training.learning.Model;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.split.TrainingSide;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Representations, then a sample of the rows, then a learner, then the way back to the rows' own prior.
 *
 * <p>Representations are learnt of the rows as they are: the sample changes what a learner weighs and not what a column
 * looks like, and a row's target mean stays that of other rows, copies or not. Rows that tell when to stop are weighted to
 * the sample's prior, for their loss to be the one that falls; none of them is drawn, copied or made.
 *
 * @param features how the learner is shown each feature
 * @param sampler what is done to the training rows
 * @param learner what is fitted to them
 */
public record SampledPipeline(List<Represented> features, Sampler sampler, Learner learner) implements Estimator {
    /** Keeps the list as it is. */
    public SampledPipeline {
        features = List.copyOf(features);
    }

    @Override
    public Corrected fit(TrainingSide train, @Nullable Table validation, RunContext run) {
        Encoder encoder = Encoder.fit(train.rows(), features);
        Examples real = Examples.training(encoder, train.rows());
        Sample sample = sampler.sample(
                train, encoder.features(), run.derived("sampling", 0).seed());
        Examples sampled = sample.examples(real, encoder);
        Prior own = Prior.first(train.labelled(), real);
        Prior changed = Prior.of(sampled);
        Examples watched = validation == null ? null : changed.imposedOn(Examples.of(encoder, validation), own);
        Model model = learner.fit(sampled, watched, run);
        double shift = changed.shiftTo(own);
        return new Corrected(
                encoder,
                model,
                shift,
                Map.of(
                        "prior_shift",
                        shift,
                        "prior",
                        own.share(),
                        "sample_prior",
                        changed.share(),
                        "sample_rows",
                        (double) sampled.size(),
                        "believed_rows",
                        (double) train.size() - train.labelled()));
    }
}
