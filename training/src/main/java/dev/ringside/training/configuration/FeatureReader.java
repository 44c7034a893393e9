package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.features.Encoder.Represented;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads which columns a model reads, of what type, and how they are shown to it. */
final class FeatureReader {
    private static final String TYPES = "number, integer, category, numbers or categories";

    private final boolean shownByParent;
    private final List<String> problems;
    private final Set<String> names = new HashSet<>();

    private FeatureReader(boolean shownByParent, List<String> problems) {
        this.shownByParent = shownByParent;
        this.problems = problems;
    }

    /**
     * Reads the list. Features that say nothing of it have no representation yet: that is up to the kind of model.
     *
     * @param reserved columns that a model cannot be told
     * @param shownByParent whether another version may say how a column is shown
     */
    static List<Represented> read(Section root, Set<String> reserved, boolean shownByParent, List<String> problems) {
        var reader = new FeatureReader(shownByParent, problems);
        List<Represented> features = new ArrayList<>();
        int i = 0;
        for (JsonNode element : root.list("features", "a list such as [{name: hour, type: integer}]")) {
            Represented feature = reader.feature(new Section("features[" + i++ + "]", element, problems), reserved);
            if (feature != null) {
                features.add(feature);
            }
        }
        if (i == 0 && root.has("features")) {
            root.problem("features", "expected at least one");
        }
        return features;
    }

    private @Nullable Represented feature(Section feature, Set<String> reserved) {
        String name = feature.text("name", "the column's name");
        if (!names.add(name)) {
            feature.problem("name", "'" + name + "' is there twice");
        }
        if (reserved.contains(name) && !name.isEmpty()) {
            feature.problem("name", "'" + name + "' is the time or the label, which a model cannot be told");
        }
        FeatureType type = type(feature);
        Long missing = null;
        if (feature.has("missing")) {
            missing = feature.whole("missing", 0, Long.MIN_VALUE, Long.MAX_VALUE);
            if (type != null && type != FeatureType.INTEGER) {
                feature.problem(
                        "missing", "only an integer needs one: a missing number is NaN, a missing text is empty");
            }
        }
        Represented represented = null;
        if (type != null) {
            var spec = new FeatureSpec(name, type, missing);
            represented = new Represented(spec, RepresentationReader.read(feature, type, shownByParent, problems));
        }
        feature.rejectOthers();
        return represented;
    }

    static @Nullable FeatureType type(Section feature) {
        String word = feature.text("type", TYPES);
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "number" -> FeatureType.NUMBER;
            case "integer" -> FeatureType.INTEGER;
            case "category" -> FeatureType.CATEGORY;
            case "numbers" -> FeatureType.NUMBERS;
            case "categories" -> FeatureType.CATEGORIES;
            case "" -> null; // noted as missing
            default -> {
                feature.problem("type", "expected " + TYPES + ", found " + word);
                yield null;
            }
        };
    }
}
