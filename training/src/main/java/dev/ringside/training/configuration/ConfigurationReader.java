package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.training.dataset.DataSource;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Split;
import dev.ringside.training.evaluation.PayOff;
import dev.ringside.training.network.NetworkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a training's YAML document and finds all its problems in one reading. */
public final class ConfigurationReader {
    private static final double ANY = Double.POSITIVE_INFINITY;

    private final Path document;
    private final @Nullable Path otherData;
    private final @Nullable Long otherSeed;
    private final List<String> problems = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private ConfigurationReader(Path document, @Nullable Path otherData, @Nullable Long otherSeed) {
        this.document = document;
        this.otherData = otherData;
        this.otherSeed = otherSeed;
    }

    /**
     * Reads a document. Files that it names are looked for beside it.
     *
     * @param document the YAML file
     * @param data the data file to take in place of the document's; null for that one
     * @param seed the seed to take in place of the document's; null for that one
     * @throws InvalidConfiguration listing every problem
     */
    public static TrainingConfiguration read(Path document, @Nullable Path data, @Nullable Long seed) {
        return new ConfigurationReader(document, data, seed).read();
    }

    private TrainingConfiguration read() {
        JsonNode tree;
        try {
            text.append(Files.readString(document));
            tree = Json.readYaml(text.toString(), JsonNode.class);
        } catch (IOException e) {
            throw new InvalidConfiguration(document.toString(), List.of("cannot be read: " + e));
        } catch (InvalidInput e) {
            throw new InvalidConfiguration(document.toString(), List.of(e.getMessage()));
        }
        var root = new Section("", tree, problems);
        String slot = root.name("slot", "the slot's name");
        String version = root.name("version", "the version's name");
        String parent = root.optionalText("parent");
        DataSource source = source(root);
        String time = root.text("time", "the column that says when a row was");
        String label = root.text("label", "the column that is true or 1 for positives");
        if (!time.isEmpty() && time.equals(label)) {
            root.problem("label", "'" + label + "' is the time");
        }
        List<FeatureSpec> features = features(root, List.of(time, label));
        @Nullable ModelChoice model = model(root.section("model"));
        Split split = SplitReader.read(root, model instanceof ModelChoice.Network);
        long seed = root.whole("seed", 1, 0, Long.MAX_VALUE);
        Section metrics = root.section("metrics");
        String groups = metrics.optionalText("by");
        List<PayOff> payOffs = payOffs(metrics);
        root.rejectOthers();
        if (!problems.isEmpty() || model == null || split == null) {
            throw new InvalidConfiguration(document.toString(), problems);
        }
        return new TrainingConfiguration(
                slot,
                version,
                parent,
                source,
                time,
                label,
                features,
                model,
                split,
                otherSeed == null ? seed : otherSeed,
                payOffs,
                groups,
                text.toString());
    }

    private DataSource source(Section root) {
        Path data = otherData;
        if (root.has("data") || data == null) {
            String named = root.text("data", "a Parquet or CSV file");
            data = data == null ? document.resolveSibling(named) : data;
        }
        if (!Files.isRegularFile(data)) {
            root.problem("data", "no such file: " + data.toAbsolutePath().normalize());
        }
        Map<String, String> views = new LinkedHashMap<>();
        Section with = root.section("with");
        for (String view : with.others().keySet()) {
            views.put(view, sql(with, view));
        }
        return new DataSource(data, views, root.has("source") ? sql(root, "source") : null);
    }

    /** A query: as it stands, or out of the file that is named, which then becomes part of the lineage. */
    private String sql(Section section, String field) {
        String value = section.text(field, "a query or the name of an .sql file");
        if (value.contains("\n") || !value.toLowerCase(Locale.ROOT).endsWith(".sql")) {
            return withoutSemicolon(value);
        }
        try {
            String sql = Files.readString(document.resolveSibling(value));
            text.append("\n# ").append(value).append(":\n");
            sql.lines()
                    .forEach(
                            line -> text.append(("#   " + line).stripTrailing()).append('\n'));
            return withoutSemicolon(sql);
        } catch (IOException e) {
            section.problem(
                    field,
                    "cannot be read: "
                            + document.resolveSibling(value).toAbsolutePath().normalize());
            return "";
        }
    }

    private static String withoutSemicolon(String sql) {
        String stripped = sql.strip();
        return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }

    private List<FeatureSpec> features(Section root, List<String> reserved) {
        List<FeatureSpec> features = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int i = 0;
        for (JsonNode element : root.list("features", "a list such as [{name: hour, type: integer}]")) {
            var feature = new Section("features[" + i++ + "]", element, problems);
            String name = feature.text("name", "the column's name");
            if (!names.add(name)) {
                feature.problem("name", "'" + name + "' is there twice");
            }
            if (reserved.contains(name) && !name.isEmpty()) {
                feature.problem("name", "'" + name + "' is the time or the label, which a model cannot be told");
            }
            String type = feature.text("type", "number, integer or category");
            switch (type.toLowerCase(Locale.ROOT)) {
                case "number" -> features.add(new FeatureSpec(name, FeatureType.NUMBER));
                case "integer" -> features.add(new FeatureSpec(name, FeatureType.INTEGER));
                case "category" -> features.add(new FeatureSpec(name, FeatureType.CATEGORY));
                case "" -> {} // noted as missing
                default -> feature.problem("type", "expected number, integer or category, found " + type);
            }
            feature.rejectOthers();
        }
        if (i == 0 && root.has("features")) {
            root.problem("features", "expected at least one");
        }
        return features;
    }

    private static @Nullable ModelChoice model(Section model) {
        String kind = model.text("kind", "logistic or network");
        ModelChoice choice = switch (kind.toLowerCase(Locale.ROOT)) {
            case "logistic" -> new ModelChoice.Logistic(model.number("weight_decay", 1e-6, 0, ANY));
            case "network" ->
                new ModelChoice.Network(new NetworkSettings(
                        hidden(model),
                        model.number("dropout", 0, 0, 0.95),
                        model.number("learning_rate", 0.001, 1e-9, 10),
                        model.number("weight_decay", 0, 0, ANY),
                        model.size("batch", 512),
                        model.size("epochs", 100),
                        model.size("patience", 5)));
            default -> null;
        };
        if (choice != null) {
            model.rejectOthers();
        } else if (!kind.isEmpty()) {
            model.problem("kind", "expected logistic or network, found " + kind);
        }
        return choice;
    }

    private static List<Integer> hidden(Section model) {
        List<Integer> sizes = new ArrayList<>();
        for (JsonNode size : model.list("hidden", "the sizes of the hidden layers, such as [64, 32]")) {
            if (size.isInt() && size.intValue() >= 1) {
                sizes.add(size.intValue());
            } else {
                model.problem("hidden", "expected whole numbers of 1 or more, found " + size);
            }
        }
        if (sizes.isEmpty() && model.has("hidden")) {
            model.problem("hidden", "expected at least one size; without hidden layers, take kind: logistic");
        }
        return sizes;
    }

    private List<PayOff> payOffs(Section metrics) {
        List<PayOff> payOffs = new ArrayList<>();
        for (String name : metrics.others().keySet()) {
            var payOff = metrics.section(name);
            payOffs.add(new PayOff(
                    name,
                    payOff.requiredNumber("threshold", 0, 1),
                    payOff.requiredNumber("right", -ANY, ANY),
                    payOff.requiredNumber("wrong", -ANY, ANY)));
            payOff.rejectOthers();
        }
        return payOffs;
    }
}
