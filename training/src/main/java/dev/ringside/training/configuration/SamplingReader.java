package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.features.LookedUp;
import dev.ringside.training.sampling.AsItIs;
import dev.ringside.training.sampling.ClassWeights;
import dev.ringside.training.sampling.Copies;
import dev.ringside.training.sampling.DownSample;
import dev.ringside.training.sampling.Sampler;
import dev.ringside.training.sampling.Sampling;
import dev.ringside.training.sampling.SelfTraining;
import dev.ringside.training.sampling.Smote;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Reads what is done to the training rows where one class is rare. */
final class SamplingReader {
    private static final String KINDS = "none, down_sample, copies, smote or weights";
    private static final Set<String> NAMES = Set.of("one_hot", "dummy", "embedding", "frequency", "hashed", "target");
    private static final double LEAST = 1e-3;
    private static final double MOST = 1e6;

    private final Section sampling;
    private final List<Represented> features;
    private final JsonNode described;

    private SamplingReader(Section sampling, List<Represented> features, JsonNode described) {
        this.sampling = sampling;
        this.features = features;
        this.described = described;
    }

    /**
     * What is asked for; nothing where the document says nothing, or something wrong, which is then noted.
     *
     * @param stacked whether the model learns a combination from folds
     */
    static Sampling read(Section root, Label.Kind label, List<Represented> features, boolean stacked) {
        Section sampling = root.section("sampling");
        if (!root.has("sampling")) {
            return Sampling.NONE;
        }
        var reader = new SamplingReader(sampling, features, root.node("features"));
        String kind = sampling.text("kind", KINDS).toLowerCase(Locale.ROOT);
        Sampler sampler = reader.sampler(kind);
        int bags = kind.equals("down_sample") ? (int) sampling.whole("bags", 1, 1, 1_000) : 1;
        SelfTraining.Settings selfTraining = sampling.has("self_training") ? reader.selfTraining() : null;
        sampling.rejectOthers();
        if (selfTraining != null && stacked) {
            sampling.problem(
                    "self_training",
                    "a stack learns from folds of rows that have a label: expected combine: average, or no"
                            + " self_training");
        }
        if (label != Label.Kind.BINARY && !(sampler instanceof AsItIs && selfTraining == null)) {
            sampling.problem(
                    "kind", "balances two classes: expected none, as the label is no binary one, found " + kind);
        }
        return new Sampling(sampler, bags, selfTraining);
    }

    private Sampler sampler(String kind) {
        return switch (kind) {
            case "none", "" -> new AsItIs();
            case "down_sample" -> new DownSample(ratio());
            case "copies" -> new Copies(ratio());
            case "smote" -> smote();
            case "weights" -> weights();
            default -> {
                sampling.problem("kind", "expected " + KINDS + ", found " + kind);
                sampling.others(); // what belongs to a kind that nobody knows is not wrong by itself
                yield new AsItIs();
            }
        };
    }

    private SelfTraining.Settings selfTraining() {
        Section section = sampling.section("self_training");
        var settings = new SelfTraining.Settings(
                section.number("confidence", 0.9, 0.501, 0.999_999), (int) section.whole("rounds", 3, 1, 100));
        section.rejectOthers();
        return settings;
    }

    private double ratio() {
        return sampling.number("ratio", 1, LEAST, MOST);
    }

    private Sampler smote() {
        var smote = new Smote(ratio(), (int) sampling.whole("neighbours", 5, 1, 1_000), nominal());
        if (features.stream().noneMatch(feature -> number(feature, smote.nominal()))) {
            sampling.problem(
                    "kind",
                    "smote goes from one row towards another by their numbers, of which there are none: take"
                            + " copies, weights or down_sample");
        }
        for (Represented feature : features) {
            if (feature.representations().stream().anyMatch(LookedUp.TargetMean.class::isInstance)) {
                sampling.problem(
                        "kind",
                        "smote makes rows that are in no fold, so '"
                                + feature.feature().name()
                                + "' as target would tell them their own label: represent it otherwise, or take copies,"
                                + " weights or down_sample");
            }
        }
        return smote;
    }

    private static boolean number(Represented feature, Set<String> nominal) {
        FeatureType type = feature.feature().type();
        return type == FeatureType.NUMBER
                || (type == FeatureType.INTEGER
                        && !nominal.contains(feature.feature().name()));
    }

    /** Whole numbers that the document shows as texts are shown are names of something. */
    private Set<String> nominal() {
        Set<String> nominal = new HashSet<>();
        for (JsonNode feature : described) {
            JsonNode representation = feature.path("representation");
            Iterable<JsonNode> all = representation.isArray() ? representation : List.of(representation);
            boolean named = StreamSupport.stream(all.spliterator(), false)
                    .map(one ->
                            one.isTextual() ? one.asText() : one.path("kind").asText())
                    .anyMatch(NAMES::contains);
            if (named && feature.path("type").asText().equalsIgnoreCase("integer")) {
                nominal.add(feature.path("name").asText());
            }
        }
        return nominal;
    }

    private Sampler weights() {
        JsonNode weight = sampling.node("positive_weight");
        if (weight.isTextual()) {
            if (!weight.asText().equals("balanced")) {
                sampling.problem("positive_weight", "expected balanced or a number, found " + weight);
            }
            return new ClassWeights(null);
        }
        return sampling.has("positive_weight")
                ? new ClassWeights(sampling.number("positive_weight", 1, 1e-6, MOST))
                : new ClassWeights(null);
    }
}
