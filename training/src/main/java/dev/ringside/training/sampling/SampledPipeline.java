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
import java.util.function.DoubleFunction;
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
        return fit(Encoder.fit(train.rows(), features), sampler, _ -> learner, train, validation, run);
    }

    /**
     * Fits a learner to a sample of rows that an encoder shows.
     *
     * @param learner what is fitted, by how far the logits of what was fitted to the sample are to be moved to be under the
     *     rows' own prior: what begins with a fitted model begins that much away from it
     */
    public static Corrected fit(
            Encoder encoder,
            Sampler sampler,
            DoubleFunction<Learner> learner,
            TrainingSide train,
            @Nullable Table validation,
            RunContext run) {
        Examples real = Examples.training(encoder, train.rows());
        Sample sample = sampler.sample(
                train, encoder.features(), run.derived("sampling", 0).seed());
        Examples sampled = sample.examples(real, encoder);
        Prior own = Prior.first(train.labelled(), real);
        Prior changed = Prior.of(sampled);
        Examples watched = validation == null ? null : changed.imposedOn(Examples.of(encoder, validation), own);
        double shift = changed.shiftTo(own);
        Model model = learner.apply(shift).fit(sampled, watched, run);
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
