package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.network.Target;
import dev.ringside.training.network.WarmStart.Mode;
import dev.ringside.training.transfer.Parent;
import dev.ringside.training.transfer.Transfer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which version a training begins with, and whether the document fits it. */
final class TransferReader {
    private static final String MODES =
            String.join(", ", Arrays.stream(Mode.values()).map(Mode::word).toList());

    private final Section root;
    private final Section fineTune;
    private final List<Represented> features;

    private TransferReader(Section root, Section fineTune, List<Represented> features) {
        this.root = root;
        this.fineTune = fineTune;
        this.features = features;
    }

    /**
     * The version with what is asked of it; null where the document asks for none, or for one that cannot be read, which
     * is then noted.
     *
     * @param document beside which files are looked for
     */
    static @Nullable Transfer read(Section root, Path document, List<Represented> features, Label label) {
        return root.has("fine_tune")
                ? new TransferReader(root, root.section("fine_tune"), features).read(document, label)
                : null;
    }

    private @Nullable Transfer read(Path document, Label label) {
        Parent parent = parent(document.resolveSibling(fineTune.text("from", "such as models/SLOT/VERSION")));
        boolean regions = fineTune.has("regions");
        Section region = fineTune.section("regions");
        String by = regions ? region.text("by", "the column whose values are regions") : "";
        region.rejectOthers();
        Mode mode = regions ? Mode.EVERY_LAYER : mode();
        double decay = regions ? 1 : fineTune.number("layer_rate_decay", 1, 1e-6, 1);
        fineTune.rejectOthers();
        if (parent == null) {
            return null;
        }
        String named = root.optionalText("parent");
        if (named != null && !named.equals(parent.name())) {
            root.problem("parent", "expected " + parent.name() + ", which fine_tune reads, or nothing, found " + named);
        }
        Target target = Target.of(label);
        if (!target.equals(parent.checkpoint().model().target()) && (regions || mode.keepsHead())) {
            root.problem("label", "is of another kind than the parent's: take fine_tune.mode: new_head");
        }
        if (regions && parent.checkpoint().model().settings().members() > 1) {
            fineTune.problem("regions", "deviate from one head, and the parent has several: it is a batch ensemble");
        }
        if (!regions && parent.checkpoint().deviations() != null) {
            fineTune.problem(
                    "from",
                    parent.name() + " is a champion that regions deviate from, which would be lost in other layers:"
                            + " take that champion itself, or regions, which deviate from it anew");
        }
        if (regions && target.width() > 1) {
            root.problem("label", "is one of several classes: regions deviate where a row has one score");
        }
        boolean tokens = parent.checkpoint().model().settings().transformer() != null;
        compare(parent, regions ? by : null, regions || tokens || !mode.keepsHead());
        return regions ? new Transfer.Regions(parent, by) : new Transfer.Layers(parent, mode, decay);
    }

    private @Nullable Parent parent(Path folder) {
        try {
            return Parent.read(folder);
        } catch (IllegalArgumentException e) {
            fineTune.problem("from", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private Mode mode() {
        String word = fineTune.has("mode") ? fineTune.text("mode", MODES) : Mode.EVERY_LAYER.word();
        for (Mode mode : Mode.values()) {
            if (mode.word().equals(word)) {
                return mode;
            }
        }
        fineTune.problem("mode", "expected " + MODES + ", found " + word);
        return Mode.EVERY_LAYER;
    }

    /**
     * Compares the document's columns with the parent's.
     *
     * @param region the column whose values are regions; null for none
     * @param closed whether none may be new
     */
    private void compare(Parent parent, @Nullable String region, boolean closed) {
        Map<String, FeatureSpec> older = new HashMap<>();
        parent.checkpoint().encoder().features().forEach(feature -> older.put(feature.name(), feature));
        Map<String, JsonNode> shown = representations(parent.configuration());
        Map<String, Represented> own = new HashMap<>();
        for (Represented represented : features) {
            FeatureSpec feature = represented.feature();
            own.put(feature.name(), represented);
            FeatureSpec before = older.get(feature.name());
            if (before == null) {
                unknown(parent, represented, feature.name().equals(region), closed);
            } else if (!before.equals(feature)) {
                root.problem(
                        "features",
                        "'" + feature.name() + "' is " + words(feature) + ", the parent " + parent.name()
                                + " reads it as " + words(before));
            } else if (!represented.representations().isEmpty()) {
                JsonNode here = representations(root.node("features")).get(feature.name());
                JsonNode there = shown.get(feature.name());
                if (here != null && !here.equals(there)) {
                    root.problem(
                            "features",
                            "'" + feature.name() + "' is shown as the parent " + parent.name()
                                    + " shows it: leave its representation out");
                }
            }
        }
        for (String name : older.keySet()) {
            if (!own.containsKey(name)) {
                root.problem("features", "'" + name + "' is missing, which the parent " + parent.name() + " reads");
            }
        }
        if (region != null && !region.isEmpty()) {
            region(region, own.get(region));
        }
    }

    private void unknown(Parent parent, Represented represented, boolean region, boolean closed) {
        FeatureSpec feature = represented.feature();
        if (closed && !region) {
            root.problem(
                    "features",
                    parent.checkpoint().model().settings().transformer() == null
                            ? "'" + feature.name() + "' is new: it would have to enter through layers that stay"
                                    + " as they are; take fine_tune.mode: every_layer or gradual"
                            : "'" + feature.name() + "' is new: a token more would change what a transformer says of"
                                    + " every row, so its columns stay the parent's");
        } else if (feature.type().list() && represented.representations().isEmpty()) {
            root.problem("features", "'" + feature.name() + "' is a new list: say how it is represented");
        }
    }

    private void region(String name, @Nullable Represented feature) {
        if (feature == null
                || (feature.feature().type() != FeatureType.CATEGORY
                        && feature.feature().type() != FeatureType.INTEGER)) {
            fineTune.problem("regions.by", "expected a feature of type category or integer, found '" + name + "'");
        }
    }

    private static String words(FeatureSpec feature) {
        String type = feature.type().name().toLowerCase(Locale.ROOT);
        return feature.missing() == null ? type : type + " with missing " + feature.missing();
    }

    /** How a document shows each feature, as it says it. */
    private static Map<String, JsonNode> representations(String configuration) {
        try {
            return representations(Json.readYaml(configuration, JsonNode.class).path("features"));
        } catch (InvalidInput e) {
            return Map.of();
        }
    }

    private static Map<String, JsonNode> representations(JsonNode features) {
        Map<String, JsonNode> shown = new HashMap<>();
        features.forEach(feature -> shown.put(feature.path("name").asText(), feature.path("representation")));
        return shown;
    }
}
