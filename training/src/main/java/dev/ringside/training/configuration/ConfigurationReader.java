package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.LoggedRows;
import dev.ringside.training.dataset.DataSource;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.dataset.Roles;
import dev.ringside.training.dataset.Task;
import dev.ringside.training.evaluation.PayOff;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.gate.GateSettings;
import dev.ringside.training.sampling.Sampling;
import dev.ringside.training.split.Split;
import dev.ringside.training.transfer.Transfer;
import dev.ringside.training.validation.ValidationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
    private final GivenFiles given;
    private final @Nullable Long otherSeed;
    private final List<String> problems = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private ConfigurationReader(Path document, GivenFiles given, @Nullable Long otherSeed) {
        this.document = document;
        this.given = given;
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
        return read(GivenFiles.data(data), document, seed);
    }

    /**
     * Reads a document. Files that it names are looked for beside it.
     *
     * @param given files that go before the document's
     * @param document the YAML file
     * @param seed the seed to take in place of the document's; null for that one
     * @throws InvalidConfiguration listing every problem
     */
    public static TrainingConfiguration read(GivenFiles given, Path document, @Nullable Long seed) {
        String text = content(document);
        return read(document, text, parse(document, text), given, seed);
    }

    /**
     * Reads what became of a document, of which a search put other values in place of some.
     *
     * @param document the YAML file that it was made of, beside which files are looked for
     * @param text what stands for the document in the lineage
     * @param tree the document with its other values
     * @param given files that go before the document's
     * @param seed the seed to take in place of the document's; null for that one
     * @throws InvalidConfiguration listing every problem
     */
    public static TrainingConfiguration read(
            Path document, String text, JsonNode tree, GivenFiles given, @Nullable Long seed) {
        var reader = new ConfigurationReader(document, given, seed);
        reader.text.append(text);
        return reader.read(tree);
    }

    /**
     * Parses a document, and looks at nothing in it.
     *
     * @throws InvalidConfiguration if it cannot be read as YAML
     */
    public static JsonNode parse(Path document) {
        return parse(document, content(document));
    }

    private static JsonNode parse(Path document, String text) {
        try {
            return Json.readYaml(text, JsonNode.class);
        } catch (InvalidInput e) {
            throw new InvalidConfiguration(document.toString(), List.of(e.getMessage()));
        }
    }

    private static String content(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new InvalidConfiguration(document.toString(), List.of("cannot be read: " + e));
        }
    }

    private TrainingConfiguration read(JsonNode tree) {
        var root = new Section("", tree, problems);
        String slot = root.name("slot", "the slot's name");
        String version = root.name("version", "the version's name");
        String parent = root.optionalText("parent");
        DataSource source = source(root);
        String time = root.optionalText("time");
        Label label = LabelReader.label(root, time, problems);
        String weight = root.optionalText("weight");
        Set<String> reserved = new HashSet<>();
        for (String role : Arrays.asList(time, label.column(), weight)) {
            if (role != null) {
                reserved.add(role);
            }
        }
        List<Task> tasks = LabelReader.tasks(root, reserved, problems);
        tasks.forEach(task -> reserved.add(task.label().column()));
        boolean shownByParent = root.has("fine_tune");
        List<Represented> features = FeatureReader.read(root, reserved, shownByParent, problems);
        Transfer transfer = TransferReader.read(root, document, features, label);
        @Nullable ModelChoice model = ModelReader.read(root.section("model"), label.kind(), transfer, problems);
        Split split = SplitReader.read(root, model != null && model.needsValidation());
        int folds = FittingReader.folds(root.node("split"));
        if (time == null && split instanceof Split.Periods) {
            root.problem("time", "missing: a split by time needs the column that says when a row was");
        }
        Sampling sampling = SamplingReader.read(
                root, label.kind(), features, model instanceof ModelChoice.Ensemble ensemble && ensemble.folds() > 0);
        LabelReader.together(
                root,
                tasks,
                features.stream().map(shown -> shown.feature().name()).toList(),
                model,
                sampling);
        if (model != null && model.weighsPositives() && !sampling.none()) {
            root.problem("sampling", "scale_pos_weight of the model weighs positives too: take one of both");
        }
        if (model != null && model.weighsPositives() && label.kind() != Label.Kind.BINARY) {
            root.problem("model", "scale_pos_weight weighs positives, of which a label that is no binary one has none");
        }
        if (transfer instanceof Transfer.Regions && !sampling.none()) {
            root.problem(
                    "sampling",
                    "draws rows for a learner, and regions deviate from their champion by all rows: take one of both");
        }
        String memory = root.has("memory") ? root.text("memory", "a size such as 1GB") : "1GB";
        if (!memory.matches("\\d{1,6}(MB|GB)")) {
            root.problem("memory", "expected a size such as 800MB or 2GB, found " + memory);
        }
        long seed = root.whole("seed", 1, 0, Long.MAX_VALUE);
        Section metrics = root.section("metrics");
        String groups = metrics.optionalText("by");
        List<PayOff> payOffs = payOffs(metrics);
        if (label.kind() != Label.Kind.BINARY) {
            payOffs.forEach(payOff -> metrics.problem(
                    payOff.name(), "is a pay-off of a yes or no, and the label is none: expected by alone"));
        }
        FittingSettings fitting =
                new FittingReader(root, label.kind(), payOffs, sampling, transfer != null).read(folds, model);
        GateSettings gates = GateReader.read(root, document, groups != null, features, label);
        ValidationSettings validation =
                ValidationReader.read(root, this::yaml, given.served(), features, label.column(), problems);
        root.node("search"); // stands around the training, and is read by the search
        root.rejectOthers();
        if (model != null) {
            model.refusals(features).forEach(refusal -> root.problem("features", refusal));
        }
        if (!problems.isEmpty() || model == null || split == null) {
            throw new InvalidConfiguration(document.toString(), problems);
        }
        return new TrainingConfiguration(
                slot,
                version,
                transfer == null ? parent : transfer.parent().name(),
                transfer,
                source,
                new Roles(
                        time,
                        sampling.selfTraining() == null && tasks.isEmpty() ? label : label.mayBeMissing(),
                        weight,
                        tasks),
                model.shown(features),
                model,
                sampling,
                split,
                fitting,
                otherSeed == null ? seed : otherSeed,
                payOffs,
                groups,
                gates,
                validation,
                memory,
                text.toString());
    }

    private DataSource source(Section root) {
        Map<String, Path> files = new LinkedHashMap<>();
        JsonNode node = root.node("data");
        LoggedRows log = null;
        Path otherData = given.data();
        if (LoggedRows.isAskedFor(node)) {
            log = LogReader.read(node, otherData, problems);
        } else if (node.isObject()) {
            var data = new Section("data", node, problems);
            data.others().keySet().forEach(name -> file(files, data, name, name));
        } else if (otherData == null || root.has("data")) {
            file(files, root, "data", DataSource.UNNAMED);
        }
        if (otherData != null) {
            if (files.size() > 1) {
                root.problem("data", "names several files, so that one in place of them cannot be told on the command");
            }
            files.clear();
            files.put(DataSource.UNNAMED, otherData);
        }
        files.forEach((name, file) -> {
            if (!Files.isRegularFile(file)) {
                root.problem("data", "no such file: " + file.toAbsolutePath().normalize());
            }
        });
        Map<String, String> views = new LinkedHashMap<>();
        Section with = root.section("with");
        for (String view : with.others().keySet()) {
            views.put(view, sql(with, view));
        }
        String query = root.has("source") ? sql(root, "source") : null;
        if (files.size() > 1 && query == null) {
            root.problem("source", "missing: several files need a query over them");
        }
        return files.isEmpty() || (files.size() > 1 && query == null)
                ? new DataSource(document, views, query) // a stand-in: the problem is noted
                : new DataSource(files, views, query, log);
    }

    private void file(Map<String, Path> files, Section section, String field, String name) {
        String named = section.text(field, "a Parquet or CSV file");
        if (!named.isEmpty()) {
            files.put(name, document.resolveSibling(named));
        }
    }

    /** A query: as it stands, or out of the file that is named, which then becomes part of the lineage. */
    private String sql(Section section, String field) {
        String value = section.text(field, "a query or the name of an .sql file");
        if (value.contains("\n") || !value.toLowerCase(Locale.ROOT).endsWith(".sql")) {
            return withoutSemicolon(value);
        }
        return withoutSemicolon(lineage(section, field, value));
    }

    /** A YAML file that is named, which becomes part of the lineage. */
    private @Nullable JsonNode yaml(Section section, String field) {
        String value = section.text(field, "the name of a YAML file");
        String yaml = value.isEmpty() ? "" : lineage(section, field, value);
        if (yaml.isEmpty()) {
            return null;
        }
        try {
            return Json.readYaml(yaml, JsonNode.class);
        } catch (InvalidInput e) {
            section.problem(field, value + ": " + e.getMessage());
            return null;
        }
    }

    /** The text of a file beside the document, which is added to the lineage; empty, with a note, where it cannot be read. */
    private String lineage(Section section, String field, String file) {
        try {
            String content = Files.readString(document.resolveSibling(file));
            text.append("\n# ").append(file).append(":\n");
            content.lines()
                    .forEach(
                            line -> text.append(("#   " + line).stripTrailing()).append('\n'));
            return content;
        } catch (IOException e) {
            section.problem(
                    field,
                    "cannot be read: "
                            + document.resolveSibling(file).toAbsolutePath().normalize());
            return "";
        }
    }

    private static String withoutSemicolon(String sql) {
        String stripped = sql.strip();
        return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped;
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
