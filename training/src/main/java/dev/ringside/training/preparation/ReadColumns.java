package dev.ringside.training.preparation;

import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.evaluation.offpolicy.OffPolicySettings;
import java.util.ArrayList;
import java.util.List;

/** The columns that a training reads: its features, and what groups rows or metrics, tells of a log or feeds the champion. */
final class ReadColumns {
    private ReadColumns() {}

    /**
     * All of them, features first.
     *
     * @param champion what the champion reads; empty where there is none
     */
    static List<FeatureSpec> of(TrainingConfiguration configuration, List<FeatureSpec> champion) {
        List<FeatureSpec> columns = new ArrayList<>(configuration.inputs());
        List<String> others = new ArrayList<>(configuration.split().columns());
        String groups = configuration.groups();
        if (groups != null) {
            others.add(groups);
        }
        for (String other : others) {
            if (columns.stream().noneMatch(column -> column.name().equals(other))) {
                columns.add(new FeatureSpec(other, FeatureType.CATEGORY));
            }
        }
        OffPolicySettings log = configuration.gates().offPolicy();
        if (log != null) {
            columns.add(new FeatureSpec(log.propensity(), FeatureType.NUMBER));
            if (!log.reward().equals(configuration.roles().label().column())) {
                columns.add(new FeatureSpec(log.reward(), FeatureType.NUMBER));
            }
        }
        for (FeatureSpec input : champion) {
            FeatureSpec own = columns.stream()
                    .filter(column -> column.name().equals(input.name()))
                    .findFirst()
                    .orElse(null);
            if (own == null) {
                columns.add(input);
            } else if (own.type() != input.type()) {
                throw new IllegalStateException("the champion reads '" + input.name() + "' as " + input.type()
                        + ", this training as " + own.type() + ": they cannot be compared on the same rows");
            }
        }
        return columns;
    }
}
