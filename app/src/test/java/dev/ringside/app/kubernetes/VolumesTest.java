package dev.ringside.app.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.configuration.Role;
import dev.ringside.app.kubernetes.Kustomization.Built;
import dev.ringside.app.retraining.TrainerArguments;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.LoggedRows;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where processes write, what of it outlives a pod, and who reads it. */
class VolumesTest {
    private static Built build(String name) throws IOException {
        return Kustomization.build(Kustomization.K8S.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void theDataFolderIsMadeByTheProcessOnAVolumeThatItMayWrite(String name) throws IOException {
        for (Workload workload : Workload.roles(build(name))) {
            Path data = workload.command().last().matchedOptionValue("--data-dir", Path.of(""));
            VolumeMount mount = workload.container().getVolumeMounts().stream()
                    .filter(each -> data.startsWith(each.getMountPath()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(workload + ": nothing is mounted for " + data));
            assertTrue(!Boolean.TRUE.equals(mount.getReadOnly()), workload::toString);
            // The root of a volume is the system's, and a data folder has to be its user's.
            assertTrue(!data.equals(Path.of(mount.getMountPath())), workload::toString);
            assertTrue(
                    workload.container().getVolumeMounts().stream()
                            .anyMatch(each -> each.getMountPath().equals("/tmp")),
                    workload::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void whatMustOutliveAPodIsOnAClaim(String name) throws IOException {
        Built built = build(name);
        for (Workload workload : Workload.roles(built)) {
            Path data = workload.command().last().matchedOptionValue("--data-dir", Path.of(""));
            String volume = workload.container().getVolumeMounts().stream()
                    .filter(each -> data.startsWith(each.getMountPath()))
                    .map(VolumeMount::getName)
                    .findFirst()
                    .orElseThrow();
            boolean kept = workload.claims().stream()
                            .anyMatch(claim -> claim.getMetadata().getName().equals(volume))
                    || workload.pod().getVolumes().stream()
                            .anyMatch(each -> each.getName().equals(volume) && each.getPersistentVolumeClaim() != null);
            boolean has = switch (workload.command().role()) {
                // The spool; the stores and the archive; the model files.
                case ROUTER, METRICS, EXPERIMENTS -> true;
                case SERVING, INGEST, ALL, NONE -> false;
            };
            assertEquals(has, kept, workload::toString);
            if (workload.command().role() == Role.ROUTER) {
                long spool = Long.parseLong(workload.configuration(built).effective("ringside.router.spool-bytes"));
                Quantity claim = workload.claims()
                        .getFirst()
                        .getSpec()
                        .getResources()
                        .getRequests()
                        .get("storage");
                assertTrue(
                        claim.getNumericalAmount().longValue() >= 2 * spool,
                        () -> "a claim of " + claim + " for a spool of " + spool);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void thereIsOneControlPlaneAtATime(String name) throws IOException {
        Built built = build(name);
        var experiments = built.one("Deployment", "ringside-experiments");
        assertEquals(1, experiments.at("/spec/replicas").asInt());
        assertEquals("Recreate", experiments.at("/spec/strategy/type").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void aTrainingReadsTheArchiveOfMetricsAndTheDocumentThatIsMounted(String name) throws IOException {
        Built built = build(name);
        Workload training = Workload.ours(built).stream()
                .filter(each -> each.command().command().equals(List.of("train")))
                .findFirst()
                .orElseThrow();
        Workload metrics = Workload.roles(built).stream()
                .filter(each -> each.command().role() == Role.METRICS)
                .findFirst()
                .orElseThrow();
        Path written = metrics.command().last().matchedOptionValue("--data-dir", Path.of(""));
        Path read = training.command().last().matchedOptionValue("--data-dir", Path.of(""));
        assertEquals(inVolume(metrics, written, "data"), inVolume(training, read, "log"));
        Path document = new TrainerArguments(training.command().last().unmatched()).document();
        assertEquals(Path.of("train.yaml"), inVolume(training, document, "document"));
        String text = built.one("ConfigMap", "ringside-training")
                .at("/data/train.yaml")
                .asText();
        var parsed = Kustomization.YAML.readTree(text);
        assertTrue(LoggedRows.isAskedFor(parsed.path("data")), text);
        var rows = LoggedRows.read(parsed.path("data"));
        assertEquals(parsed.path("slot").asText(), rows.slot(), () -> Json.pretty(parsed));
    }

    private static Path inVolume(Workload workload, Path path, String volume) {
        return workload.container().getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(volume))
                .map(mount -> Path.of(mount.getMountPath()).relativize(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError(workload + " does not mount " + volume));
    }
}
