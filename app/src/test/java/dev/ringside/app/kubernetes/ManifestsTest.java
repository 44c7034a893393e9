package dev.ringside.app.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.app.kubernetes.Kustomization.Built;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests as such: each is what it says it is, and whatever one names of another is there. */
class ManifestsTest {
    private static final Path PAGE = Path.of("../docs/kubernetes.md");
    private static final Pattern BY_HAND = Pattern.compile(
            "create secret generic (\\S+)((?: \\\\\\n\\s+--from-(?:literal|file)=[^\\\\\\n]*[^\\\\\\n ])+)");
    private static final Pattern KEY = Pattern.compile("--from-(?:literal|file)=([\\w.-]+)");

    private static Built build(String name) throws IOException {
        return Kustomization.build(Kustomization.K8S.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"base", "overlays/development", "overlays/production", "overlays/gpu", "components/autoscaling"})
    void everyManifestIsWhatItSaysItIs(String name) throws IOException {
        List<Object> read = build(name).manifests().stream().map(Models::read).toList();
        assertFalse(read.isEmpty());
    }

    @Test
    void aFieldThatAKindDoesNotHaveIsAMistake() throws IOException {
        JsonNode manifest = build("base").one("Deployment", "ringside-serving");
        ObjectNode pod = (ObjectNode) manifest.at("/spec/template/spec");
        Models.read(manifest);
        pod.put("terminationGraceSeconds", 60);
        AssertionError refused = assertThrows(AssertionError.class, () -> Models.read(manifest));
        assertTrue(refused.getMessage().contains("terminationGraceSeconds"), refused::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/development", "overlays/production", "overlays/gpu"})
    void everySelectorFindsPods(String name) throws IOException {
        Built built = build(name);
        List<Workload> workloads = Workload.all(built);
        for (Workload workload : workloads) {
            if (workload.selector() != null) {
                assertTrue(matches(workload.selector().getMatchLabels(), workload.labels()), workload::toString);
            }
            workload.pod()
                    .getTopologySpreadConstraints()
                    .forEach(spread -> assertTrue(
                            matches(spread.getLabelSelector().getMatchLabels(), workload.labels()),
                            workload::toString));
        }
        for (Service service : Models.all(built, Service.class)) {
            List<Workload> found = found(workloads, service.getSpec().getSelector());
            assertEquals(1, found.size(), service.getMetadata().getName());
            service.getSpec()
                    .getPorts()
                    .forEach(port -> assertTrue(
                            found.getFirst()
                                    .port(port.getTargetPort().getStrVal())
                                    .isPresent(),
                            () -> service.getMetadata().getName() + ": " + port));
        }
        for (PodDisruptionBudget budget : Models.all(built, PodDisruptionBudget.class)) {
            LabelSelector selector = budget.getSpec().getSelector();
            assertEquals(
                    1,
                    found(workloads, selector.getMatchLabels()).size(),
                    budget.getMetadata().getName());
        }
        for (Workload role : Workload.roles(built)) {
            assertEquals(
                    1,
                    Models.all(built, PodDisruptionBudget.class).stream()
                            .filter(budget ->
                                    matches(budget.getSpec().getSelector().getMatchLabels(), role.labels()))
                            .count(),
                    role::toString);
        }
        built.of("StatefulSet")
                .forEach(set -> built.one("Service", set.at("/spec/serviceName").asText()));
    }

    private static List<Workload> found(List<Workload> workloads, Map<String, String> selector) {
        return workloads.stream()
                .filter(each -> matches(selector, each.labels()))
                .toList();
    }

    private static boolean matches(Map<String, String> selector, Map<String, String> labels) {
        return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/development", "overlays/production", "overlays/gpu"})
    void everyConfigMapSecretAndVolumeThatIsReferredToIsThere(String name) throws IOException {
        assertReferencesAreThere(build(name));
    }

    @Test
    void soIsWhatTheComponentForABucketRefersTo() throws IOException {
        assertReferencesAreThere(Kustomization.build(
                Kustomization.K8S.resolve("overlays/production"), Kustomization.K8S.resolve("components/s3")));
    }

    private static void assertReferencesAreThere(Built built) throws IOException {
        Set<String> there = there(built);
        for (JsonNode manifest : built.manifests()) {
            for (String reference : references(manifest)) {
                assertTrue(
                        there.contains(reference),
                        () -> manifest.path("kind").asText() + " " + Kustomization.name(manifest) + " refers to "
                                + reference + "; there are " + there);
            }
        }
    }

    /** {@code secret NAME/KEY}, {@code configmap NAME}, {@code claim NAME}: what there is, or who makes it. */
    private static Set<String> there(Built built) throws IOException {
        var there = new TreeSet<String>();
        built.of("ConfigMap").forEach(map -> there.add("configmap " + Kustomization.name(map)));
        built.of("ServiceAccount").forEach(account -> there.add("account " + Kustomization.name(account)));
        built.of("PersistentVolumeClaim").forEach(claim -> there.add("claim " + Kustomization.name(claim)));
        for (Workload workload : Workload.all(built)) {
            workload.claims()
                    .forEach(claim ->
                            there.add("claim " + claim.getMetadata().getName() + "-" + workload.name() + "-0"));
        }
        for (JsonNode secret : built.of("Secret")) {
            secret.path("stringData")
                    .fieldNames()
                    .forEachRemaining(key -> there.add("secret " + Kustomization.name(secret) + "/" + key));
        }
        built.of("KafkaUser").forEach(user -> {
            there.add("secret " + Kustomization.name(user) + "/password");
            there.add("secret " + Kustomization.name(user) + "/sasl.jaas.config");
        });
        built.of("Kafka")
                .forEach(kafka -> there.add("secret " + Kustomization.name(kafka) + "-cluster-ca-cert/ca.crt"));
        built.of("Cluster").forEach(cluster -> {
            there.add("secret " + Kustomization.name(cluster) + "-app/username");
            there.add("secret " + Kustomization.name(cluster) + "-app/password");
            there.add("secret " + Kustomization.name(cluster) + "-ca/ca.crt");
        });
        if (built.of("Secret").stream()
                .noneMatch(each -> Kustomization.name(each).equals("ringside-keys"))) {
            Matcher command = BY_HAND.matcher(Files.readString(PAGE));
            while (command.find()) {
                Matcher key = KEY.matcher(command.group(2));
                while (key.find()) {
                    there.add("secret " + command.group(1) + "/" + key.group(1));
                }
            }
        }
        return there;
    }

    private static Set<String> references(JsonNode manifest) {
        var references = new HashSet<String>();
        manifest.findValues("configMapRef")
                .forEach(ref -> references.add("configmap " + ref.path("name").asText()));
        manifest.findValues("configMap")
                .forEach(ref -> references.add("configmap " + ref.path("name").asText()));
        manifest.findValues("claimName").forEach(ref -> references.add("claim " + ref.asText()));
        manifest.findValues("serviceAccountName").forEach(ref -> references.add("account " + ref.asText()));
        for (String field : List.of("secretKeyRef", "credentials")) {
            manifest.findValues(field)
                    .forEach(ref -> references.add("secret " + ref.path("name").asText() + "/"
                            + ref.path("key").asText()));
        }
        for (JsonNode targets : manifest.findValues("secretTargetRef")) {
            targets.forEach(ref -> references.add("secret " + ref.path("name").asText() + "/"
                    + ref.path("key").asText()));
        }
        for (JsonNode secret : manifest.findValues("secret")) {
            secret.path("items")
                    .forEach(item ->
                            references.add("secret " + secret.path("secretName").asText() + "/"
                                    + item.path("key").asText()));
        }
        return references;
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/development", "overlays/production", "overlays/gpu"})
    void everyVolumeThatIsMountedIsThereAndEveryOneThatIsThereIsMounted(String name) throws IOException {
        for (Workload workload : Workload.all(build(name))) {
            var volumes = new TreeSet<String>();
            workload.pod().getVolumes().forEach(volume -> volumes.add(volume.getName()));
            workload.claims().forEach(claim -> volumes.add(claim.getMetadata().getName()));
            var mounted = new TreeSet<String>();
            workload.container().getVolumeMounts().forEach(mount -> mounted.add(mount.getName()));
            assertEquals(volumes, mounted, workload::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/development", "overlays/production", "overlays/gpu"})
    void allRunOneVersionWhichIsTheProjects(String name) throws IOException {
        String pom = Files.readString(Path.of("../pom.xml"));
        Matcher version = Pattern.compile("<artifactId>ringside</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(pom);
        assertTrue(version.find());
        for (Workload workload : Workload.ours(build(name))) {
            String image = workload.container().getImage();
            String tag = image.substring(image.lastIndexOf(':') + 1);
            boolean gpu = workload.container().getResources().getLimits().containsKey("nvidia.com/gpu");
            assertEquals(version.group(1) + (gpu ? "-gpu" : ""), tag, workload::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/development", "overlays/production", "overlays/gpu"})
    void noPodMayMoreThanItNeeds(String name) throws IOException {
        for (Workload workload : Workload.ours(build(name))) {
            var pod = workload.pod();
            assertEquals(false, pod.getAutomountServiceAccountToken(), workload::toString);
            assertEquals(true, pod.getSecurityContext().getRunAsNonRoot(), workload::toString);
            assertEquals(
                    "RuntimeDefault",
                    pod.getSecurityContext().getSeccompProfile().getType(),
                    workload::toString);
            var security = workload.container().getSecurityContext();
            assertEquals(true, security.getReadOnlyRootFilesystem(), workload::toString);
            assertEquals(false, security.getAllowPrivilegeEscalation(), workload::toString);
            assertEquals(List.of("ALL"), security.getCapabilities().getDrop(), workload::toString);
            assertEquals(List.of(), security.getCapabilities().getAdd(), workload::toString);
        }
    }
}
