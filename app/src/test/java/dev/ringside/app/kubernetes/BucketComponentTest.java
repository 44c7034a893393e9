package dev.ringside.app.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.command.Parsed;
import dev.ringside.app.configuration.Environment;
import dev.ringside.app.configuration.Role;
import dev.ringside.app.kubernetes.Kustomization.Built;
import dev.ringside.app.kubernetes.Network.End;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The component that has files kept in a bucket. */
class BucketComponentTest {
    /** Who keeps files there, or has them from there. */
    private static final Set<Role> USERS = EnumSet.of(Role.SERVING, Role.METRICS, Role.EXPERIMENTS);

    private static Built build(String overlay) throws IOException {
        return Kustomization.build(Kustomization.K8S.resolve(overlay), Kustomization.K8S.resolve("components/s3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void everyProcessThatUsesTheBucketIsToldWhereItIsAndWhoItIsThere(String name) throws IOException {
        Built built = build(name);
        for (Workload workload : Workload.roles(built)) {
            Environment environment = workload.configuration(built);
            assertEquals(List.of(), environment.problems(), workload::toString);
            assertTrue(environment.value("ringside.s3.bucket").isPresent(), workload::toString);
            assertEquals("true", environment.effective("ringside.s3.path-style"), workload::toString);
            Map<String, String> variables = workload.environment(built);
            boolean uses = USERS.contains(workload.command().role());
            assertEquals(
                    uses ? "ringside-s3/access-key-id" : null, variables.get("AWS_ACCESS_KEY_ID"), workload::toString);
            assertEquals(
                    uses ? "ringside-s3/secret-access-key" : null,
                    variables.get("AWS_SECRET_ACCESS_KEY"),
                    workload::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void whoUsesTheBucketReachesItAndNobodyElseDoes(String name) throws IOException {
        Built built = build(name);
        var network = new Network(Models.all(built, NetworkPolicy.class));
        for (Workload workload : Workload.roles(built)) {
            URI endpoint = URI.create(
                    workload.configuration(built).value("ringside.s3.endpoint").orElseThrow());
            String namespace = endpoint.getHost().split("\\.", -1)[1];
            End storage = End.elsewhere(namespace, Map.of("app", "minio"));
            boolean uses = USERS.contains(workload.command().role());
            assertEquals(uses, network.goesOut(End.of(workload), storage, endpoint.getPort()), workload::toString);
            assertFalse(
                    network.goesOut(
                            End.of(workload), End.elsewhere("other", Map.of("app", "minio")), endpoint.getPort()),
                    workload::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void aTrainingReadsTheArchiveThatWasFetchedBeforeItOnWhateverNode(String name) throws IOException {
        Built built = build(name);
        Workload training = Workload.ours(built).stream()
                .filter(each -> each.command().command().equals(List.of("train")))
                .findFirst()
                .orElseThrow();
        assertNull(training.pod().getAffinity());
        var fetching = training.pod().getInitContainers().getFirst();
        Parsed fetch = Parsed.of(fetching.getArgs());
        assertEquals(List.of("archive", "fetch"), fetch.command());
        Path fetched = fetch.last().matchedOptionValue("--data-dir", Path.of(""));
        assertEquals(training.command().last().matchedOptionValue("--data-dir", Path.of("")), fetched);
        VolumeMount written = mount(fetching, fetched);
        assertTrue(!Boolean.TRUE.equals(written.getReadOnly()), written::toString);
        assertEquals(mount(training.container(), fetched).getName(), written.getName());
        assertTrue(
                training.pod().getVolumes().stream()
                        .anyMatch(volume -> volume.getName().equals(written.getName()) && volume.getEmptyDir() != null),
                written::toString);
        assertEquals(
                Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
                fetching.getEnv().stream().map(EnvVar::getName).collect(Collectors.toSet()));
        assertEquals(tag(training.container()), tag(fetching));
    }

    private static VolumeMount mount(Container container, Path path) {
        return container.getVolumeMounts().stream()
                .filter(each -> path.startsWith(each.getMountPath()))
                .findFirst()
                .orElseThrow();
    }

    /** The base's, where an overlay puts an image of another name in its place. */
    private static String tag(Container container) {
        return container.getImage().substring(container.getImage().lastIndexOf(':'));
    }
}
