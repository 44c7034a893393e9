package dev.ringside.app.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.configuration.Environment;
import dev.ringside.app.configuration.Role;
import dev.ringside.app.kubernetes.Kustomization.Built;
import dev.ringside.app.kubernetes.Network.End;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The component that has files kept in a bucket. */
class BucketComponentTest {
    /** Who keeps files there, or has them from there. */
    private static final Set<Role> USERS = EnumSet.of(Role.SERVING, Role.EXPERIMENTS);

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
}
