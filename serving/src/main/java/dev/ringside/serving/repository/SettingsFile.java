package dev.ringside.serving.repository;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.json.Spelling;
import dev.ringside.contract.model.Batching;
import dev.ringside.contract.model.FileFormat;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a model's {@code config.yaml} and lists every mistake of it: the key, what was expected and what was found. */
final class SettingsFile {
    private static final long LARGEST = 1 << 20;
    private static final int MOST_VERSIONS = 1_000;
    private static final String VERSIONS = "a list of at least one version such as [1, 3]";
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** What Triton's configurations say that follows from the file itself here. */
    private static final List<String> INFERRED = List.of("input", "output");

    private final String model;
    private final List<String> mistakes = new ArrayList<>();
    private VersionPolicy policy = ModelSettings.DEFAULT.policy();
    private @Nullable FileFormat format;
    private @Nullable String fileName;
    private @Nullable Integer maxRows;
    private @Nullable Integer maxDelay;
    private @Nullable Integer levels;
    private @Nullable Integer maxQueue;
    private @Nullable Integer instances;

    /**
     * A file as it was read.
     *
     * @param settings what it says, as far as it could be understood
     * @param mistakes in it; empty if there are none
     */
    record Read(ModelSettings settings, List<String> mistakes) {}

    private interface Reader {
        void read(String key, JsonNode value);
    }

    private SettingsFile(String model) {
        this.model = model;
    }

    /** Reads the file; a model without one has what applies by default. */
    static Read read(Path file, String model) throws IOException {
        if (Files.notExists(file)) {
            return new Read(ModelSettings.DEFAULT, List.of());
        }
        var reader = new SettingsFile(model);
        ModelSettings settings = ModelSettings.DEFAULT;
        try {
            if (Files.size(file) > LARGEST) {
                throw new InvalidInput("", "expected at most " + LARGEST + " bytes, found " + Files.size(file));
            }
            String text = Files.readString(file);
            if (!text.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"))) {
                settings = reader.settings(Json.readYaml(text, JsonNode.class));
            }
        } catch (InvalidInput e) {
            reader.mistakes.add(e.field().isEmpty() ? e.rule() : String.valueOf(e.getMessage()));
        } catch (MalformedInputException e) {
            reader.mistakes.add("expected text in UTF-8");
        }
        return new Read(
                settings,
                reader.mistakes.stream()
                        .map(mistake -> ModelSettings.FILE + ": " + mistake)
                        .toList());
    }

    private ModelSettings settings(JsonNode document) {
        var readers = new TreeMap<String, Reader>();
        readers.put("name", (key, value) -> equal(key, value, model));
        readers.put("platform", (key, value) -> format(key, value, FileFormat::platform));
        readers.put("backend", (key, value) -> format(key, value, FileFormat::backend));
        readers.put("version_policy", this::policy);
        readers.put("default_model_filename", this::fileName);
        readers.put("max_batch_size", (key, value) -> maxRows = within(key, value, 0, Batching.MOST_ROWS));
        readers.put("dynamic_batching", this::batching);
        readers.put("instance_group", this::instances);
        read("", document, readers);
        return new ModelSettings(
                policy, format, fileName, new Batching(maxRows, maxDelay, levels, maxQueue, instances));
    }

    private void read(String path, JsonNode value, Map<String, Reader> readers) {
        if (!value.isObject()) {
            mistake(path, "keys such as " + readers.keySet(), value);
            return;
        }
        value.properties().forEach(field -> {
            String key = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            Reader reader = readers.get(field.getKey());
            if (reader != null) {
                reader.read(key, field.getValue());
            } else if (path.isEmpty() && INFERRED.contains(field.getKey())) {
                mistakes.add("'" + key + "': follows from the model file; leave it out");
            } else {
                mistakes.add("'" + key + "': " + Spelling.unknown(field.getKey(), readers.keySet()));
            }
        });
    }

    private void policy(String path, JsonNode value) {
        if (value.isTextual() && value.asText().equals("all")) {
            policy = new VersionPolicy.All();
        } else if (value.isObject() && value.size() == 1) {
            var readers = new TreeMap<String, Reader>();
            readers.put("latest", this::latest);
            readers.put("all", (_, _) -> policy = new VersionPolicy.All());
            readers.put("specific", this::specific);
            read(path, value, readers);
        } else {
            mistake(path, "one of latest: {num_versions: 1}, all, specific: {versions: [1, 3]}", value);
        }
    }

    private void latest(String path, JsonNode value) {
        read(
                path,
                value,
                Map.of(
                        "num_versions",
                        (key, number) ->
                                policy = new VersionPolicy.Latest((int) whole(key, number, 1, MOST_VERSIONS, 1))));
    }

    private void specific(String path, JsonNode value) {
        read(path, value, Map.of("versions", this::versions));
        if (value.isObject() && !value.has("versions")) {
            mistake(path + ".versions", VERSIONS, null);
        }
    }

    private void versions(String key, JsonNode list) {
        if (!list.isArray() || list.isEmpty()) {
            mistake(key, VERSIONS, list);
            return;
        }
        var versions = new ArrayList<String>();
        list.forEach(version -> versions.add(version.asText()));
        policy = new VersionPolicy.Specific(versions);
    }

    private void batching(String path, JsonNode value) {
        var readers = new TreeMap<String, Reader>();
        readers.put(
                "max_queue_delay_microseconds",
                (key, number) -> maxDelay = within(key, number, 0, Batching.LONGEST_DELAY));
        readers.put("priority_levels", (key, number) -> levels = within(key, number, 1, Batching.MOST_LEVELS));
        readers.put("default_queue_policy", this::queue);
        read(path, value, readers);
    }

    private void queue(String path, JsonNode value) {
        read(
                path,
                value,
                Map.of("max_queue_size", (key, number) -> maxQueue = within(key, number, 1, Batching.LONGEST_QUEUE)));
    }

    private void instances(String path, JsonNode list) {
        if (!list.isArray() || list.size() != 1) {
            mistake(path, "a list of one group such as [{count: 2, kind: KIND_CPU}]", list);
            return;
        }
        var readers = new TreeMap<String, Reader>();
        readers.put("count", (key, number) -> instances = within(key, number, 1, Batching.MOST_INSTANCES));
        readers.put("kind", (key, kind) -> equal(key, kind, "KIND_CPU"));
        read(path + "[0]", list.get(0), readers);
    }

    private int within(String key, JsonNode value, int least, int most) {
        return (int) whole(key, value, least, most, least);
    }

    private void fileName(String key, JsonNode value) {
        if (value.isTextual() && FILE_NAME.matcher(value.asText()).matches()) {
            fileName = value.asText();
        } else {
            mistake(key, "the name of a file within the version's folder such as " + FileFormat.ONNX.fileName(), value);
        }
    }

    private void format(String key, JsonNode value, Function<FileFormat, String> name) {
        List<FileFormat> possible = Arrays.stream(FileFormat.values())
                .filter(each -> format == null || format == each)
                .toList();
        format = possible.stream()
                .filter(each -> name.apply(each).equals(value.asText()))
                .findFirst()
                .orElse(format);
        if (format == null || !name.apply(format).equals(value.asText())) {
            mistake(
                    key,
                    possible.stream()
                            .map(each -> "\"" + name.apply(each) + "\"")
                            .collect(Collectors.joining(" or ")),
                    value);
        }
    }

    private void equal(String key, JsonNode value, String expected) {
        if (!value.asText().equals(expected)) {
            mistake(key, "\"" + expected + "\"", value);
        }
    }

    private long whole(String key, JsonNode value, long least, long most, long otherwise) {
        if (value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= least && value.asLong() <= most) {
            return value.asLong();
        }
        mistake(key, "a whole number from " + least + " to " + most, value);
        return otherwise;
    }

    private void mistake(String key, String expected, @Nullable JsonNode found) {
        mistakes.add((key.isEmpty() ? "" : "'" + key + "': ") + "expected " + expected + ", found "
                + (found == null ? "nothing" : found));
    }
}
