package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.features.Buckets;
import dev.ringside.training.features.Embedding;
import dev.ringside.training.features.FirstSorted;
import dev.ringside.training.features.Hashed;
import dev.ringside.training.features.Histogram;
import dev.ringside.training.features.ItemCounts;
import dev.ringside.training.features.Logged;
import dev.ringside.training.features.LookedUp;
import dev.ringside.training.features.MissingIndicator;
import dev.ringside.training.features.NumberStatistics;
import dev.ringside.training.features.NumberSteps;
import dev.ringside.training.features.OneHot;
import dev.ringside.training.features.Part;
import dev.ringside.training.features.Periodic;
import dev.ringside.training.features.PiecewiseLinear;
import dev.ringside.training.features.Ranged;
import dev.ringside.training.features.Raw;
import dev.ringside.training.features.Representation;
import dev.ringside.training.features.Standardised;
import dev.ringside.training.features.Standardised.Imputation;
import dev.ringside.training.features.TextSteps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how a column is shown to a model: one representation, or a list of them. */
final class RepresentationReader {
    private static final String NUMERIC = "standard, raw, min_max, clip, log, buckets, missing, piecewise or periodic";
    private static final String CATEGORICAL = "one_hot, dummy, embedding, frequency, hashed or target";

    private RepresentationReader() {}

    /** The representations; none where the document leaves them to the column's type, or to the parent. */
    static List<Representation> read(Section feature, FeatureType type, boolean shownByParent, List<String> problems) {
        JsonNode node = feature.node("representation");
        if (node.isMissingNode() || node.isNull()) {
            if (type.list() && !shownByParent) {
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
                    case "standard" -> new Standardised.Settings(imputation(section));
                    case "raw" -> new Raw.Settings();
                    case "min_max" -> new Ranged.Settings(0);
                    case "clip" -> new Ranged.Settings(section.number("share", 0.01, 1e-9, 0.49));
                    case "log" -> Logged::fit;
                    case "buckets" -> new Buckets.Settings((int) section.whole("count", 10, 2, 1000));
                    case "missing" -> MissingIndicator::fit;
                    case "one_hot", "dummy", "embedding", "frequency", "target", "hashed" ->
                        type == FeatureType.INTEGER ? category(section, kind) : unknown(section, kind, type);
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
            case CATEGORY -> {
                Representation category = category(section, kind);
                yield category == null ? unknown(section, kind, type) : category;
            }
            case NUMBERS ->
                switch (kind) {
                    case "statistics" -> NumberStatistics::fit;
                    case "lstm", "recurrent" -> new NumberSteps.Settings(steps(section, kind));
                    case "histogram" -> new Histogram.Settings((int) section.whole("bins", 10, 2, 1000));
                    case "least" -> new FirstSorted.Settings(section.size("count", 3), false);
                    case "greatest" -> new FirstSorted.Settings(section.size("count", 3), true);
                    default -> unknown(section, kind, type);
                };
            case CATEGORIES ->
                switch (kind) {
                    case "counts" -> new ItemCounts.Settings(section.size("most", 100), false);
                    case "shares" -> new ItemCounts.Settings(section.size("most", 100), true);
                    case "lstm", "recurrent" -> texts(section, kind);
                    default -> unknown(section, kind, type);
                };
        };
    }

    private static Part.Steps steps(Section section, String kind) {
        boolean gated = kind.equals("lstm");
        return new Part.Steps(
                gated ? Part.Steps.Cell.LSTM : Part.Steps.Cell.RECURRENT,
                section.size("steps", 32),
                section.size("hidden", 32),
                gated ? section.number("forget_bias", 1, -100, 100) : 0);
    }

    private static Representation texts(Section section, String kind) {
        return new TextSteps.Settings(
                steps(section, kind),
                (int) section.whole("dimensions", 0, 0, 4096),
                section.size("least_items", Embedding.LEAST_ROWS));
    }

    private static @Nullable Representation category(Section section, String kind) {
        return switch (kind) {
            case "one_hot" -> OneHot::fit;
            case "dummy" -> OneHot::dummy;
            case "embedding" ->
                new Embedding.Settings(
                        (int) section.whole("dimensions", 0, 0, 4096),
                        section.size("least_rows", Embedding.LEAST_ROWS));
            case "frequency" -> LookedUp::frequency;
            case "hashed" -> new Hashed.Settings(section.size("buckets", 64));
            case "target" ->
                new LookedUp.TargetMean(
                        (int) section.whole("folds", 5, 2, 100),
                        section.number("smoothing", 10, 0, 1e9),
                        section.whole("seed", 1, 0, Long.MAX_VALUE));
            default -> null;
        };
    }

    private static Imputation imputation(Section section) {
        JsonNode impute = section.node("impute");
        if (impute.isNumber()) {
            return new Imputation.Constant(impute.asDouble());
        }
        String word = impute.isMissingNode() ? "mean" : impute.asText();
        if (!word.equals("mean") && !word.equals("median")) {
            section.problem("impute", "expected mean, median or a number, found " + impute);
        }
        return word.equals("median") ? new Imputation.Median() : new Imputation.Mean();
    }

    private static @Nullable Representation unknown(Section section, String kind, FeatureType type) {
        if (!kind.isEmpty()) {
            section.problem("kind", "expected " + words(type) + ", found " + kind);
        }
        return null;
    }

    private static String words(FeatureType type) {
        return switch (type) {
            case NUMBER -> NUMERIC;
            case INTEGER -> NUMERIC + ", or as a category " + CATEGORICAL;
            case CATEGORY -> CATEGORICAL;
            case NUMBERS -> "statistics, histogram, least, greatest, lstm or recurrent";
            case CATEGORIES -> "counts, shares, lstm or recurrent";
        };
    }
}
