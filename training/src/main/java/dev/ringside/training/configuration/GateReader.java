package dev.ringside.training.configuration;

import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.evaluation.offpolicy.OffPolicySettings;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.gate.GateSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads which gates a model has to pass. */
final class GateReader {
    private GateReader() {}

    /**
     * Reads the section.
     *
     * @param document beside which files are looked for
     * @param grouped whether the metrics are repeated for segments
     * @param features of which one may be the action of a logged policy
     * @param label what is to be predicted
     */
    static GateSettings read(Section root, Path document, boolean grouped, List<Represented> features, Label label) {
        Section gates = root.section("gates");
        Path champion = champion(gates, document);
        // Of a number it is in units of squared errors.
        double most = label.kind() == Label.Kind.NUMBER ? Double.POSITIVE_INFINITY : 1;
        double margin = gates.number("margin", 0, 0, most);
        Double segment = gates.has("segment_margin") ? (Double) gates.number("segment_margin", 0, 0, most) : null;
        if (segment != null && !grouped) {
            gates.problem("segment_margin", "needs metrics.by, the column whose values are segments");
        }
        if (champion == null && (segment != null || gates.has("margin"))) {
            gates.problem("champion", "missing: expected the folder of the version to be compared with");
        }
        Double calibration = gates.has("calibration") ? (Double) gates.number("calibration", 0.02, 0, 1) : null;
        Long bytes = gates.has("bytes") ? (Long) gates.whole("bytes", 1, 1, Long.MAX_VALUE) : null;
        Duration latency = null;
        if (gates.has("latency_ms")) {
            latency = Duration.ofNanos((long) (gates.number("latency_ms", 10, 0.001, 1e6) * 1e6));
        }
        if (calibration != null && label.kind() != Label.Kind.BINARY) {
            gates.problem("calibration", "is of probabilities of a yes or no, and the label is none");
        }
        gates.rejectOthers();
        return new GateSettings(
                champion, margin, segment, calibration, bytes, latency, offPolicy(root, features, label.column()));
    }

    private static @Nullable OffPolicySettings offPolicy(Section root, List<Represented> features, String label) {
        if (!root.has("off_policy")) {
            return null;
        }
        Section log = root.section("off_policy");
        String action = log.text("action", "the feature that was chosen in each round");
        String propensity = log.text("propensity", "the column with the probability with which it was chosen");
        String reward = log.has("reward") ? log.text("reward", "the column with what came of it") : label;
        double explore = log.number("explore", 0, 0, 1);
        double least = log.number("effective_size", OffPolicySettings.LEAST, 1, Double.POSITIVE_INFINITY);
        double margin = log.number("margin", 0, 0, Double.POSITIVE_INFINITY);
        log.rejectOthers();
        boolean chooses = features.stream()
                .map(Represented::feature)
                .anyMatch(feature -> feature.name().equals(action)
                        && (feature.type() == FeatureType.CATEGORY || feature.type() == FeatureType.INTEGER));
        if (!action.isEmpty() && !chooses) {
            log.problem(
                    "action",
                    "'" + action + "' is no feature of type category or integer, so that scores do not"
                            + " depend on what is chosen");
        }
        for (Represented feature : features) {
            String name = feature.feature().name();
            if (name.equals(propensity) || (name.equals(reward) && !name.isEmpty())) {
                log.problem(
                        name.equals(propensity) ? "propensity" : "reward",
                        "'" + name + "' is a feature: it is known" + " only after the choice");
            }
        }
        return new OffPolicySettings(action, propensity, reward, explore, least, margin);
    }

    private static @Nullable Path champion(Section gates, Path document) {
        String named = gates.optionalText("champion");
        if (named == null) {
            return null;
        }
        Path folder = document.resolveSibling(named);
        if (!Files.isDirectory(folder)) {
            gates.problem(
                    "champion",
                    "no such folder: " + folder.toAbsolutePath().normalize()
                            + "; expected one that train wrote, such as" + " models/SLOT/VERSION");
        }
        return folder;
    }
}
