package dev.ringside.app.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.access.ApiKey;
import dev.ringside.app.access.Hosts;
import dev.ringside.app.access.Open;
import dev.ringside.app.configuration.Environment;
import dev.ringside.app.configuration.Role;
import dev.ringside.app.kafka.KafkaConnection;
import dev.ringside.app.kubernetes.Kustomization.Built;
import dev.ringside.contract.json.DurationText;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the manifests say of the application, held against the application. */
class WorkloadsTest {
    /** What a stop needs beside its drain: reports, models that are being loaded, clients of Kafka. */
    private static final Duration REST_OF_A_STOP = Duration.ofSeconds(15);

    private static final List<String> ADDRESSES =
            List.of("ringside.platform.serving-url", "ringside.platform.experiments-url", "ringside.url");

    private static Built build(String name) throws IOException {
        return Kustomization.build(Kustomization.K8S.resolve(name));
    }

    private static Properties application() throws IOException {
        var properties = new Properties();
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            properties.load(file);
        }
        return properties;
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void thereIsAWorkloadForEveryRole(String name) throws IOException {
        Map<Role, Workload> byRole = Workload.roles(build(name)).stream()
                .collect(Collectors.toMap(w -> w.command().role(), w -> w));
        assertEquals(EnumSet.complementOf(EnumSet.of(Role.ALL, Role.NONE)), byRole.keySet());
        byRole.forEach((role, workload) -> {
            assertEquals("ringside-" + role.label(), workload.name());
            assertEquals(role.label(), workload.labels().get("app.kubernetes.io/component"));
            assertEquals(Optional.of(workload.command().port()), workload.port("http"), workload::toString);
            assertEquals(
                    role == Role.ROUTER ? Optional.of(workload.command().grpcPort()) : Optional.empty(),
                    workload.port("grpc"),
                    workload::toString);
        });
        assertEquals(
                Set.of("train"),
                Workload.ours(build(name)).stream()
                        .filter(each -> !byRole.containsValue(each))
                        .map(each -> String.join(" ", each.command().command()))
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void aStartComplainsOfNothingInTheEnvironment(String name) throws IOException {
        Built built = build(name);
        for (Workload workload : Workload.ours(built)) {
            var environment = new HashMap<>(workload.environment(built));
            if (!Boolean.FALSE.equals(workload.pod().getEnableServiceLinks())) {
                links(built, environment);
            }
            assertEquals(List.of(), new Environment(environment).problems(), workload::toString);
            environment.forEach((variable, value) ->
                    assertTrue(!value.contains("$("), () -> workload + ": " + variable + " is left as " + value));
        }
    }

    /** What Kubernetes sets for each Service of the namespace, unless it is told not to. */
    private static void links(Built built, Map<String, String> environment) {
        for (Service service : Models.all(built, Service.class)) {
            String name = service.getMetadata().getName().replace('-', '_').toUpperCase(java.util.Locale.ROOT);
            environment.put(name + "_SERVICE_HOST", "10.0.0.1");
            environment.put(name + "_PORT", "tcp://10.0.0.1:80");
        }
    }

    @Test
    void withTheLinksOfKubernetesAStartWouldBeRefused() throws IOException {
        Built built = build("overlays/development");
        var environment = new HashMap<>(Workload.roles(built).getFirst().environment(built));
        links(built, environment);
        assertTrue(!new Environment(environment).problems().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void everyKafkaSettingReachesTheClients(String name) throws IOException {
        Built built = build(name);
        for (Workload workload : Workload.roles(built)) {
            Environment environment = workload.configuration(built);
            Map<String, String> read =
                    new TreeMap<>(KafkaConnection.configured(environment::value).settings());
            Map<String, String> said = new TreeMap<>();
            workload.environment(built).forEach((variable, value) -> {
                if (variable.startsWith("KAFKA_")) {
                    said.put(
                            variable.substring("KAFKA_".length())
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', '.'),
                            value);
                }
            });
            assertEquals(said, read, workload::toString);
            assertTrue(read.containsKey("bootstrap.servers"), workload::toString);
            String truststore = read.get("ssl.truststore.location");
            if (truststore != null) {
                assertTrue(isMounted(workload, truststore), () -> workload + ": " + truststore);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void nobodyIsAnsweredWithoutAKeyAndTheKeysAreWhereTheyAreLookedFor(String name) throws IOException {
        Built built = build(name);
        for (Workload workload : Workload.roles(built)) {
            Environment environment = workload.configuration(built);
            assertEquals(Optional.of("0.0.0.0"), environment.value("quarkus.http.host"), workload::toString);
            String file = environment.value("ringside.auth.keys-file").orElseThrow();
            assertTrue(isMounted(workload, file), () -> workload + ": " + file);
            assertEquals(
                    Optional.of("ringside-keys/service-key"),
                    environment.value("ringside.auth.service-key"),
                    workload::toString);
        }
    }

    /** A key of a Secret at that path. */
    private static boolean isMounted(Workload workload, String path) {
        for (VolumeMount mount : workload.container().getVolumeMounts()) {
            boolean there = workload.pod().getVolumes().stream()
                    .filter(volume -> volume.getName().equals(mount.getName()) && volume.getSecret() != null)
                    .flatMap(volume -> volume.getSecret().getItems().stream())
                    .anyMatch(item -> path.equals(mount.getMountPath() + "/" + item.getPath()));
            if (there) {
                return true;
            }
        }
        return false;
    }

    @Test
    void theKeysOfTheDevelopmentOverlayAreKeys() throws IOException {
        Secret keys = Models.read(build("overlays/development").one("Secret", "ringside-keys"), Secret.class);
        List<ApiKey> entries =
                keys.getStringData().get("keys").lines().map(ApiKey::parse).toList();
        for (String client : List.of("training-key", "viewer-key")) {
            String digest = ApiKey.digest(keys.getStringData().get(client));
            assertTrue(entries.stream().anyMatch(entry -> entry.sha256().equals(digest)), client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void everyAddressIsAServiceThatAnswersToThatName(String name) throws IOException {
        Built built = build(name);
        for (Workload workload : Workload.ours(built)) {
            for (String key : ADDRESSES) {
                Optional<String> address = workload.configuration(built).value(key);
                if (address.isPresent()) {
                    URI uri = URI.create(address.get());
                    Workload target = target(built, uri);
                    assertAnswersTo(built, target, uri.getHost());
                }
            }
        }
        for (var ingress : Models.all(built, io.fabric8.kubernetes.api.model.networking.v1.Ingress.class)) {
            for (var rule : ingress.getSpec().getRules()) {
                for (var path : rule.getHttp().getPaths()) {
                    String service = path.getBackend().getService().getName();
                    assertAnswersTo(built, target(built, URI.create("http://" + service)), rule.getHost());
                }
            }
        }
    }

    private static void assertAnswersTo(Built built, Workload target, String host) {
        String names =
                target.configuration(built).value("ringside.http.allowed-hosts").orElse("");
        assertEquals(
                Optional.empty(),
                new Hosts(List.of(names.split(",", -1))).complaint(host, "10.1.2.3", null),
                target::toString);
    }

    /** The workload behind the address of a Service. */
    private static Workload target(Built built, URI address) {
        Service service = Models.read(built.one("Service", address.getHost()), Service.class);
        int port = address.getPort() < 0 ? 80 : address.getPort();
        assertTrue(
                service.getSpec().getPorts().stream().anyMatch(each -> each.getPort() == port),
                () -> address + ": the Service has " + service.getSpec().getPorts());
        return Workload.all(built).stream()
                .filter(each -> each.labels()
                        .entrySet()
                        .containsAll(service.getSpec().getSelector().entrySet()))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void probesAskWhatNeedsNoKey(String name) throws IOException {
        for (Workload workload : Workload.roles(build(name))) {
            var container = workload.container();
            Map<String, Probe> probes = Map.of(
                    "/q/health/started", container.getStartupProbe(),
                    "/q/health/ready", container.getReadinessProbe(),
                    "/q/health/live", container.getLivenessProbe());
            probes.forEach((path, probe) -> {
                assertEquals(path, probe.getHttpGet().getPath(), workload::toString);
                assertTrue(Open.isOpen(path), path);
                assertEquals("http", probe.getHttpGet().getPort().getStrVal(), workload::toString);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void aPodHasTheTimeThatAStopMayTake(String name) throws IOException {
        Built built = build(name);
        Duration server = DurationText.parse(application().getProperty("quarkus.shutdown.timeout"));
        for (Workload workload : Workload.roles(built)) {
            Environment environment = workload.configuration(built);
            Duration drain = switch (workload.command().role()) {
                case ROUTER -> duration(environment.effective("ringside.router.drain"));
                case SERVING -> duration(environment.effective("ringside.serving.drain-timeout"));
                case INGEST, METRICS, EXPERIMENTS, ALL, NONE -> Duration.ofSeconds(12);
            };
            // Where gRPC is open it is drained after HTTP.
            Duration servers = server.multipliedBy(workload.port("grpc").isPresent() ? 2 : 1);
            long before =
                    workload.container().getLifecycle().getPreStop().getSleep().getSeconds();
            Duration needed =
                    Duration.ofSeconds(before).plus(servers).plus(drain).plus(REST_OF_A_STOP);
            assertTrue(
                    workload.pod().getTerminationGracePeriodSeconds() >= needed.toSeconds(),
                    () -> workload + " has " + workload.pod().getTerminationGracePeriodSeconds()
                            + " s, a stop may take " + needed.toSeconds() + " s");
        }
    }

    private static Duration duration(String text) {
        return text.startsWith("PT") ? Duration.parse(text) : DurationText.parse(text);
    }
}
