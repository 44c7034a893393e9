package dev.ringside.app.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.configuration.Role;
import dev.ringside.app.kubernetes.Kustomization.Built;
import dev.ringside.app.kubernetes.Network.End;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network policies let through what the processes are told to ask, and nothing else. */
class NetworkTest {
    private static final List<String> ADDRESSES =
            List.of("ringside.platform.serving-url", "ringside.platform.experiments-url", "ringside.url");

    private static Built build(String name) throws IOException {
        return Kustomization.build(Kustomization.K8S.resolve(name));
    }

    private static Network network(Built built) {
        return new Network(Models.all(built, NetworkPolicy.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void processesReachWhomTheyAreToldToAskAndNoOtherOfOurs(String name) throws IOException {
        Built built = build(name);
        Network network = network(built);
        List<Workload> ours = Workload.ours(built);
        var told = new TreeSet<String>();
        for (Workload from : ours) {
            for (String key : ADDRESSES) {
                from.configuration(built)
                        .value(key)
                        .ifPresent(address -> told.add(
                                from.name() + " > " + URI.create(address).getHost()));
            }
        }
        var open = new TreeSet<String>();
        for (Workload from : ours) {
            for (Workload to : Workload.roles(built)) {
                if (network.allows(End.of(from), End.of(to), to.command().port())) {
                    open.add(from.name() + " > " + to.name());
                }
            }
        }
        assertEquals(told, open);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void everyRoleReachesKafkaAndTheControlPlaneItsDatabase(String name) throws IOException {
        Built built = build(name);
        Network network = network(built);
        for (Workload role : Workload.roles(built)) {
            var configuration = role.configuration(built);
            String kafka = configuration.value("kafka.bootstrap.servers").orElseThrow();
            for (String server : kafka.split(",", -1)) {
                URI address = URI.create("kafka://" + server);
                assertTrue(
                        network.goesOut(End.of(role), kafka(built, address.getHost()), address.getPort()),
                        role::toString);
            }
            boolean asks = role.command().role() == Role.EXPERIMENTS;
            assertEquals(
                    asks, configuration.value("quarkus.datasource.jdbc.url").isPresent(), role::toString);
            if (asks) {
                String jdbc = configuration.value("quarkus.datasource.jdbc.url").orElseThrow();
                URI address = URI.create(jdbc.substring("jdbc:".length()));
                assertTrue(
                        network.goesOut(End.of(role), postgres(built, address.getHost()), address.getPort()),
                        role::toString);
            }
            End names = End.elsewhere("kube-system", Map.of("k8s-app", "kube-dns"));
            assertTrue(network.goesOut(End.of(role), names, 53), role::toString);
            assertFalse(network.goesOut(End.of(role), End.elsewhere("other", Map.of()), 443), role::toString);
        }
    }

    /** The broker's pods behind the address: those of Strimzi's cluster, or of the Service. */
    private static End kafka(Built built, String host) {
        for (var kafka : Models.all(built, Operators.Kafka.class)) {
            String cluster = kafka.metadata().getName();
            if (host.equals(cluster + "-kafka-bootstrap")) {
                return new End(Map.of("strimzi.io/cluster", cluster, "strimzi.io/kind", "Kafka"), Map.of(), true);
            }
        }
        return behind(built, host);
    }

    private static End postgres(Built built, String host) {
        for (var cluster : Models.all(built, Operators.PostgresCluster.class)) {
            String named = cluster.metadata().getName();
            if (host.equals(named + "-rw")) {
                return new End(Map.of("cnpg.io/cluster", named), Map.of(), true);
            }
        }
        return behind(built, host);
    }

    private static End behind(Built built, String service) {
        var selector = Models.read(built.one("Service", service), io.fabric8.kubernetes.api.model.Service.class)
                .getSpec()
                .getSelector();
        return Workload.all(built).stream()
                .filter(each -> each.labels().entrySet().containsAll(selector.entrySet()))
                .map(End::of)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void whoIsNoClientOrOperatorReachesNobody(String name) throws IOException {
        Built built = build(name);
        Network network = network(built);
        Map<String, Role> labels =
                Map.of("ringside.dev/client", Role.ROUTER, "ringside.dev/operator", Role.EXPERIMENTS);
        for (Workload role : Workload.roles(built)) {
            int port = role.command().port();
            assertFalse(network.allows(End.elsewhere("other", Map.of()), End.of(role), port), role::toString);
            assertTrue(network.allows(End.elsewhere("monitoring", Map.of()), End.of(role), port), role::toString);
            labels.forEach((label, may) -> {
                boolean expected = role.command().role() == may
                        || (may == Role.ROUTER && role.command().role() == Role.INGEST);
                End who = End.elsewhere("shop", Map.of(label, "true"));
                assertEquals(expected, network.allows(who, End.of(role), port), () -> label + " > " + role);
                role.port("grpc")
                        .ifPresent(grpc -> assertEquals(
                                expected, network.allows(who, End.of(role), grpc), () -> label + " > gRPC of " + role));
            });
        }
        for (var ingress : Models.all(built, io.fabric8.kubernetes.api.model.networking.v1.Ingress.class)) {
            for (var path : ingress.getSpec().getRules().getFirst().getHttp().getPaths()) {
                End to = behind(built, path.getBackend().getService().getName());
                assertTrue(network.allows(
                        End.elsewhere("ingress-nginx", Map.of()), to, to.ports().get("http")));
            }
        }
    }
}
