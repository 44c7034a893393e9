package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.features.Embedding;
import dev.ringside.training.features.OneHot;
import dev.ringside.training.features.Periodic;
import dev.ringside.training.features.PiecewiseLinear;
import dev.ringside.training.features.Representation;
import dev.ringside.training.features.Standardised;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how a column is shown to a model: one representation, or a list of them. */
final class RepresentationReader {
    private RepresentationReader() {}

    /** The representations; none where the document leaves them to the column's type. */
    static List<Representation> read(Section feature, FeatureType type, List<String> problems) {
        JsonNode node = feature.node("representation");
        if (node.isMissingNode() || node.isNull()) {
            if (type.list()) {
                feature.problem("representation", "missing: a list has to be represented, expected " + words(type));
            }
            return List.of();
        }
        List<Representation> representations = new ArrayList<>();
        Iterable<JsonNode> all = node.isArray() ? node : List.of(node);
        int i = 0;
        for (JsonNode element : all) {
            String path = feature.path("representation") + (node.isArray() ? "[" + i++ + "]" : "");
            JsonNode settings =
                    element.isTextual() ? Json.mapper().createObjectNode().put("kind", element.asText()) : element;
            var section = new Section(path, settings, problems);
            Representation representation = representation(section, type);
            if (representation != null) {
                representations.add(representation);
            }
            section.rejectOthers();
        }
        return representations;
    }

    private static @Nullable Representation representation(Section section, FeatureType type) {
        String kind = section.text("kind", words(type));
        return switch (type) {
            case NUMBER, INTEGER ->
                switch (kind) {
                    case "standard" -> Standardised::fit;
                    case "piecewise" ->
                        new PiecewiseLinear.Settings(
                                section.size("bins", 48), (int) section.whole("dimensions", 16, 0, 1024));
                    case "periodic" ->
                        new Periodic.Settings(
                                section.size("frequencies", 16),
                                section.number("sigma", 0.3, 1e-6, 1e6),
                                section.size("dimensions", 16));
                    default -> unknown(section, kind, type);
                };
            case CATEGORY ->
                switch (kind) {
                    case "one_hot" -> OneHot::fit;
                    case "embedding" ->
                        new Embedding.Settings(
                                (int) section.whole("dimensions", 0, 0, 4096), section.size("least_rows", 5));
                    default -> unknown(section, kind, type);
                };
            case NUMBERS, CATEGORIES -> unknown(section, kind, type);
        };
    }

    private static @Nullable Representation unknown(Section section, String kind, FeatureType type) {
        if (!kind.isEmpty()) {
            section.problem("kind", "expected " + words(type) + ", found " + kind);
        }
        return null;
    }

    private static String words(FeatureType type) {
        return switch (type) {
            case NUMBER, INTEGER -> "standard, piecewise or periodic";
            case CATEGORY -> "one_hot or embedding";
            case NUMBERS, CATEGORIES -> "none that is known yet";
        };
    }
}
