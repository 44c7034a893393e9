package dev.ringside.app.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.configuration.Role;
import dev.ringside.app.kubernetes.Kustomization.Built;
import dev.ringside.app.kubernetes.Network.End;
import dev.ringside.app.redis.RedisAddress;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Redis that has the features of units: routers find it, and nobody else does but who writes it. */
class FeatureStoreTest {
    private static final String KEY = "ringside.redis.url";

    /** A Secret stands in an environment as its name and key, and a password has no slash. */
    private static final String SECRET = "ringside-redis/password";

    private static Built build(String name) throws IOException {
        return Kustomization.build(Kustomization.K8S.resolve(name));
    }

    private static Workload redis(Built built) {
        return Workload.all(built).stream()
                .filter(each -> each.name().equals("ringside-redis"))
                .findFirst()
                .orElseThrow();
    }

    private static Workload role(Built built, Role role) {
        return Workload.roles(built).stream()
                .filter(each -> each.command().role() == role)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void routersAreToldWhereItIsWithItsPasswordAndNobodyElseIs(String name) throws IOException {
        Built built = build(name);
        for (Workload workload : Workload.roles(built)) {
            Optional<String> address = workload.configuration(built).value(KEY);
            assertEquals(workload.command().role() == Role.ROUTER, address.isPresent(), workload::toString);
        }
        String address =
                role(built, Role.ROUTER).configuration(built).value(KEY).orElseThrow();
        assertTrue(address.contains(":" + SECRET + "@"), address);
        URI uri = URI.create(new RedisAddress(address.replace(SECRET, "password")).shown());
        Service service = Models.read(built.one("Service", uri.getHost()), Service.class);
        assertTrue(service.getSpec().getPorts().stream().anyMatch(port -> port.getPort() == uri.getPort()), address);
        Workload redis = redis(built);
        assertTrue(
                redis.labels()
                        .entrySet()
                        .containsAll(service.getSpec().getSelector().entrySet()),
                address);
        assertEquals(SECRET, redis.environment(built).get("REDIS_PASSWORD"));
        List<String> arguments = redis.container().getArgs();
        assertEquals("$(REDIS_PASSWORD)", arguments.get(arguments.indexOf("--requirepass") + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void routersAndWhoWritesFeaturesReachItAndItReachesNobody(String name) throws IOException {
        Built built = build(name);
        var network = new Network(Models.all(built, NetworkPolicy.class));
        End redis = End.of(redis(built));
        int port = redis(built).port("redis").orElseThrow();
        for (Workload workload : Workload.ours(built)) {
            boolean router = workload.equals(role(built, Role.ROUTER));
            assertEquals(router, network.allows(End.of(workload), redis, port), workload::toString);
            assertFalse(network.goesOut(redis, End.of(workload), 80), workload::toString);
        }
        assertTrue(network.allows(End.elsewhere("shop", Map.of("ringside.dev/features", "true")), redis, port));
        assertFalse(network.allows(End.elsewhere("shop", Map.of("ringside.dev/client", "true")), redis, port));
        assertFalse(network.goesOut(redis, End.elsewhere("other", Map.of()), 443));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void itIsAskedWhetherItAnswersAndWhatItKeepsOutlivesAPod(String name) throws IOException {
        Workload redis = redis(build(name));
        var container = redis.container();
        for (Probe probe : List.of(container.getStartupProbe(), container.getReadinessProbe())) {
            assertTrue(probe.getExec().getCommand().getLast().contains("grep -q PONG"), probe::toString);
        }
        // One that reads its file is alive.
        assertEquals(
                "redis", container.getLivenessProbe().getTcpSocket().getPort().getStrVal());
        List<String> arguments = container.getArgs();
        assertEquals("yes", arguments.get(arguments.indexOf("--appendonly") + 1));
        String folder = arguments.get(arguments.indexOf("--dir") + 1);
        String volume = container.getVolumeMounts().stream()
                .filter(mount -> mount.getMountPath().equals(folder))
                .findFirst()
                .orElseThrow()
                .getName();
        assertEquals(volume, redis.claims().getFirst().getMetadata().getName());
        String most = arguments.get(arguments.indexOf("--maxmemory") + 1);
        long kept = Long.parseLong(most.replace("mb", "")) << 20;
        long limit = Quantity.getAmountInBytes(
                        container.getResources().getLimits().get("memory"))
                .longValue();
        assertTrue(2 * kept <= limit, () -> most + " of " + limit + " bytes");
    }
}
