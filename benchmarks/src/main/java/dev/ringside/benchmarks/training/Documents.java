package dev.ringside.benchmarks.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The bench's documents. Data that a document names outside of the source tree may lie in another folder, under the same
 * file name.
 */
public final class Documents {
    /** Keys of a document that may name files of the source tree. */
    private static final List<String> READ = List.of("source", "with", "schema");

    private final Path home;
    private final Path data;

    /**
     * @param home the folder of the source tree
     * @param data the folder of the data that is not part of it
     */
    public Documents(Path home, Path data) {
        this.home = home.toAbsolutePath().normalize();
        this.data = data.toAbsolutePath().normalize();
    }

    /**
     * Makes sure that all data is there.
     *
     * @throws InvalidInput naming every file that is not
     */
    public void check(Collection<Measure> measures) {
        var missing = new TreeSet<Path>();
        for (Measure measure : measures) {
            String document = measure.figure().training().document();
            files(read(document).path("data")).stream()
                    .map(file -> found(document, file))
                    .filter(file -> !Files.isRegularFile(file))
                    .forEach(missing::add);
        }
        InvalidInput.require(
                missing.isEmpty(),
                "--data",
                "no such files: "
                        + String.join(", ", missing.stream().map(Path::toString).toList())
                        + "; name the folder that they are in, or choose measures without them by --only");
    }

    /**
     * Writes a copy of a document whose files are named by where they are.
     *
     * @param document its path in the source tree
     * @param folder where to write
     * @return the copy
     */
    Path write(String document, Path folder) throws IOException {
        ObjectNode tree = read(document);
        tree.set("data", each(tree.path("data"), file -> found(document, file).toString()));
        for (String key : READ) {
            if (tree.has(key)) {
                tree.set(
                        key,
                        each(
                                tree.get(key),
                                text -> isFile(text) ? beside(document, text).toString() : text));
            }
        }
        Path copy = folder.resolve(String.valueOf(home.resolve(document).getFileName()));
        return Files.writeString(copy, Json.yaml(tree));
    }

    /** SHA-256 of a document and of the files that it reads, data among them. */
    String digest(String document) throws IOException {
        ObjectNode tree = read(document);
        var digests = new StringBuilder(Digests.sha256(home.resolve(document)));
        for (String key : READ) {
            for (String file : files(tree.path(key))) {
                if (isFile(file)) {
                    digests.append(whole(beside(document, file)));
                }
            }
        }
        for (String file : files(tree.path("data"))) {
            digests.append(whole(found(document, file)));
        }
        return Digests.sha256(digests.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String whole(Path file) throws IOException {
        return Files.isRegularFile(file) ? Digests.sha256(file) : "none";
    }

    private ObjectNode read(String document) {
        Path file = home.resolve(document);
        try {
            return Json.readYaml(Files.readString(file), ObjectNode.class);
        } catch (IOException e) {
            throw new InvalidInput(document, "cannot be read: " + e);
        }
    }

    private Path beside(String document, String file) {
        return home.resolve(document).resolveSibling(file).normalize();
    }

    private Path found(String document, String file) {
        Path named = beside(document, file);
        return named.startsWith(home) ? named : data.resolve(String.valueOf(named.getFileName()));
    }

    private static boolean isFile(String text) {
        return !text.contains("\n") && text.toLowerCase(Locale.ROOT).matches(".*\\.(sql|yaml)");
    }

    private static List<String> files(JsonNode data) {
        return data.isObject()
                ? data.properties().stream()
                        .map(file -> file.getValue().asText())
                        .toList()
                : List.of(data.asText());
    }

    /** The text, or every text of a mapping, changed. */
    private static JsonNode each(JsonNode node, UnaryOperator<String> change) {
        if (node instanceof ObjectNode mapping) {
            ObjectNode changed = mapping.objectNode();
            for (Map.Entry<String, JsonNode> entry : mapping.properties()) {
                changed.put(entry.getKey(), change.apply(entry.getValue().asText()));
            }
            return changed;
        }
        return TextNode.valueOf(change.apply(node.asText()));
    }
}
