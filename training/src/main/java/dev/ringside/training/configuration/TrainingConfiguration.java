package dev.ringside.training.configuration;

import dev.ringside.training.dataset.DataSource;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Split;
import dev.ringside.training.evaluation.PayOff;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training, as its YAML document says it.
 *
 * @param slot the slot that the version is meant for
 * @param version the version's name within the slot
 * @param parent the version that it was fine-tuned from, {@code slot/version}; only recorded
 * @param source where the rows come from
 * @param time the column that says when a row was
 * @param label the column that says whether a row is a positive
 * @param features the columns that the model reads
 * @param model which kind of model
 * @param split the parts by time
 * @param seed where all randomness comes from
 * @param payOffs what acting on the model's scores is worth, each a metric
 * @param groups the column by whose values the metrics are repeated; null for none
 * @param text the document itself, followed by the SQL files that it names, as comments
 */
public record TrainingConfiguration(
        String slot,
        String version,
        @Nullable String parent,
        DataSource source,
        String time,
        String label,
        List<FeatureSpec> features,
        ModelChoice model,
        Split split,
        long seed,
        List<PayOff> payOffs,
        @Nullable String groups,
        String text) {
    public TrainingConfiguration {
        features = List.copyOf(features);
        payOffs = List.copyOf(payOffs);
    }
}
