package dev.ringside.app.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KustomizationTest {
    @TempDir
    Path folder;

    private static Map<String, JsonNode> byName(List<JsonNode> manifests) {
        var named = new TreeMap<String, JsonNode>();
        manifests.forEach(each -> {
            String name = each.path("kind").asText() + "/" + Kustomization.name(each);
            assertEquals(null, named.put(name, each), () -> "twice: " + name);
        });
        return named;
    }

    /** As kubectl prints it: it leaves out fields that hold nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/development", "overlays/production", "overlays/gpu"})
    void aFolderIsBuiltAsKubectlBuildsIt(String name) throws Exception {
        Path overlay = Kustomization.K8S.resolve(name);
        assertBuilt(overlay, Kustomization.build(overlay));
    }

    @Test
    void aComponentThatIsAddedIsBuiltAsKubectlBuildsIt() throws Exception {
        Path overlay = Kustomization.K8S.resolve("overlays/production").toRealPath();
        Path component = Kustomization.K8S.resolve("components/s3").toRealPath();
        Path both = Files.createDirectory(folder.toRealPath().resolve("both"));
        Files.writeString(both.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: ringside
                resources: ['%s']
                components: ['%s']
                """.formatted(
                        both.relativize(overlay), both.relativize(component)));
        assertBuilt(both, Kustomization.build(both));
    }

    private void assertBuilt(Path overlay, Kustomization.Built by) throws Exception {
        assumeTrue(isThere("kubectl"), "no kubectl in PATH");
        Path printed = folder.resolve("printed.yaml");
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", overlay.toString())
                .redirectOutput(printed.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertEquals(true, kubectl.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, kubectl.exitValue());
        Map<String, JsonNode> expected = byName(Kustomization.read(printed, new TreeSet<>()));
        Map<String, JsonNode> built = byName(by.manifests());
        assertEquals(expected.keySet(), built.keySet());
        expected.forEach((each, manifest) -> assertEquals(manifest, built.get(each), each));
    }

    private static boolean isThere(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(each -> Files.isExecutable(Path.of(each, command)));
    }

    @Test
    void everyFileIsReachedFromAKustomization() throws IOException {
        var reached = new TreeSet<Path>();
        for (String name : List.of("overlays/development", "overlays/production", "overlays/gpu")) {
            reached.addAll(Kustomization.build(Kustomization.K8S.resolve(name)).files());
        }
        // Which are for other clusters than those.
        reached.addAll(Kustomization.build(Kustomization.K8S.resolve("components/autoscaling"))
                .files());
        reached.addAll(Kustomization.build(
                        Kustomization.K8S.resolve("overlays/production"), Kustomization.K8S.resolve("components/s3"))
                .files());
        try (Stream<Path> all = Files.walk(Kustomization.K8S)) {
            assertEquals(
                    new TreeSet<>(all.filter(Files::isRegularFile)
                            .map(Path::normalize)
                            .toList()),
                    reached);
        }
    }
}
