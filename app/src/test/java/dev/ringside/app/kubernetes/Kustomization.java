package dev.ringside.app.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code kubectl kustomize} makes of a folder, for machines without it. Whatever a kustomization says that is not
 * understood here makes reading it fail.
 */
record Kustomization(
        String apiVersion,
        String kind,
        String namespace,
        List<Labels> labels,
        List<String> resources,
        List<String> components,
        List<Patch> patches,
        List<Image> images) {
    static final Path K8S = Path.of("../k8s");
    static final ObjectMapper YAML = new YAMLMapper();

    record Labels(Map<String, String> pairs) {}

    record Patch(String path) {}

    record Image(String name, String newName, String newTag) {
        String of(String image) {
            int tag = image.lastIndexOf(':');
            String before = tag < 0 ? image : image.substring(0, tag);
            if (!before.equals(name)) {
                return image;
            }
            String named = newName == null ? before : newName;
            String tagged = newTag != null ? newTag : tag < 0 ? null : image.substring(tag + 1);
            return tagged == null ? named : named + ":" + tagged;
        }
    }

    /** A folder built: its manifests, and every file that went into them. */
    record Built(List<JsonNode> manifests, Set<Path> files) {
        List<JsonNode> of(String kind) {
            return manifests.stream()
                    .filter(each -> each.path("kind").asText().equals(kind))
                    .toList();
        }

        JsonNode one(String kind, String name) {
            return of(kind).stream()
                    .filter(each -> name(each).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
        }
    }

    static String name(JsonNode manifest) {
        return manifest.at("/metadata/name").asText();
    }

    /** What a folder makes, with components beside those that it names. */
    static Built build(Path folder, Path... more) throws IOException {
        var files = new TreeSet<Path>();
        var manifests = new ArrayList<JsonNode>();
        add(folder, manifests, files);
        for (Path component : more) {
            add(component, manifests, files);
        }
        return new Built(manifests, files);
    }

    /**
     * Adds what a folder has, and changes what it says is changed.
     *
     * @param manifests of a component all that there are before it, and of other folders none
     */
    private static void add(Path folder, List<JsonNode> manifests, Set<Path> files) throws IOException {
        Path file = folder.resolve("kustomization.yaml");
        files.add(file.normalize());
        Kustomization said = YAML.readValue(file.toFile(), Kustomization.class);
        for (String resource : list(said.resources)) {
            Path path = folder.resolve(resource).normalize();
            if (Files.isDirectory(path)) {
                var own = new ArrayList<JsonNode>();
                add(path, own, files);
                manifests.addAll(own);
            } else {
                manifests.addAll(read(path, files));
            }
        }
        for (String component : list(said.components)) {
            add(folder.resolve(component).normalize(), manifests, files);
        }
        for (Patch patch : list(said.patches)) {
            for (JsonNode over : read(folder.resolve(patch.path), files)) {
                patch(manifests, over);
            }
        }
        manifests.forEach(manifest -> said.transform((ObjectNode) manifest));
    }

    private static <T> List<T> list(List<T> said) {
        return said == null ? List.of() : said;
    }

    static List<JsonNode> read(Path file, Set<Path> files) throws IOException {
        files.add(file.normalize());
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll();
        }
    }

    private static void patch(List<JsonNode> manifests, JsonNode over) {
        for (int i = 0; i < manifests.size(); i++) {
            JsonNode manifest = manifests.get(i);
            if (manifest.path("kind").equals(over.path("kind"))
                    && name(manifest).equals(name(over))) {
                manifests.set(i, StrategicMerge.merge(manifest, over));
                return;
            }
        }
        throw new AssertionError("nothing to patch: " + over.path("kind").asText() + " " + name(over));
    }

    private void transform(ObjectNode manifest) {
        ObjectNode metadata = manifest.withObject("metadata");
        if (namespace != null) {
            boolean itself = manifest.path("kind").asText().equals("Namespace");
            metadata.put(itself ? "name" : "namespace", namespace);
        }
        for (Labels each : list(labels)) {
            each.pairs.forEach(metadata.withObject("labels")::put);
        }
        for (JsonNode container : containers(manifest)) {
            for (Image image : list(images)) {
                ((ObjectNode) container)
                        .put("image", image.of(container.path("image").asText()));
            }
        }
    }

    /** The containers of a workload, wherever its kind has them. */
    static List<JsonNode> containers(JsonNode manifest) {
        return manifest.findParents("image").stream()
                .filter(each -> each.has("name"))
                .toList();
    }
}
