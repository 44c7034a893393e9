package dev.ringside.training.configuration;

import dev.ringside.training.dataset.DataSource;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Roles;
import dev.ringside.training.evaluation.PayOff;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.gate.GateSettings;
import dev.ringside.training.sampling.Sampling;
import dev.ringside.training.split.Split;
import dev.ringside.training.transfer.Transfer;
import dev.ringside.training.validation.ValidationSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training, as its YAML document says it.
 *
 * @param slot the slot that the version is meant for
 * @param version the version's name within the slot
 * @param parent the version that it was fine-tuned from, {@code slot/version}; only recorded
 * @param transfer the version that it begins with, and what is asked of it; null to begin anew
 * @param source where the rows come from
 * @param roles columns that are not shown to the model: time, label, weight
 * @param features the columns that the model reads, and how they are shown to it
 * @param model which kind of model
 * @param sampling what is done to the rows that teach before a learner sees them
 * @param split which rows are for what
 * @param fitting when fittings stop, and what becomes of them
 * @param seed where all randomness comes from
 * @param payOffs what acting on the model's scores is worth, each a metric
 * @param groups the column by whose values the metrics are repeated; null for none
 * @param gates what a model has to pass before it is registered
 * @param validation what its rows are held to before anything is fitted
 * @param memory how much memory reading may take, such as {@code 1GB}
 * @param text the document itself, followed by the SQL files and the schema that it names, as comments
 */
public record TrainingConfiguration(
        String slot,
        String version,
        @Nullable String parent,
        @Nullable Transfer transfer,
        DataSource source,
        Roles roles,
        List<Represented> features,
        ModelChoice model,
        Sampling sampling,
        Split split,
        FittingSettings fitting,
        long seed,
        List<PayOff> payOffs,
        @Nullable String groups,
        GateSettings gates,
        ValidationSettings validation,
        String memory,
        String text) {
    public TrainingConfiguration {
        features = List.copyOf(features);
        payOffs = List.copyOf(payOffs);
    }

    /** The raw columns that the model reads. */
    public List<FeatureSpec> inputs() {
        return features.stream().map(Represented::feature).toList();
    }
}
