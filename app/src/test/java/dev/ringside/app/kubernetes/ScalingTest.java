package dev.ringside.app.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.configuration.Role;
import dev.ringside.app.kafka.OutcomesTopic;
import dev.ringside.app.kafka.Topics;
import dev.ringside.app.kubernetes.Kustomization.Built;
import dev.ringside.app.kubernetes.Operators.ScaledObject;
import dev.ringside.app.meters.Exposed;
import dev.ringside.app.wiring.Groups;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is scaled, by what, and what Prometheus and Kafka are asked for it. */
class ScalingTest {
    private static final Pattern METRIC = Pattern.compile("\\b(?:ringside|nv)_\\w+");

    /** The groups by the topic that each reads. */
    private static final Map<String, String> GROUPS =
            Map.of(Topics.OUTCOMES, OutcomesTopic.GROUP, Topics.UNIT_EVENTS, Groups.METRICS);

    private static Built build(String name, String... components) throws IOException {
        return Kustomization.build(
                Kustomization.K8S.resolve(name),
                List.of(components).stream().map(Kustomization.K8S::resolve).toArray(Path[]::new));
    }

    private static Workload workload(Built built, String kind, String name) {
        return Workload.roles(built).stream()
                .filter(each -> each.kind().equals(kind) && each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing to scale: " + kind + " " + name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/production", "overlays/gpu"})
    void whatIsScaledSaysNoNumberOfItsOwnAndIsNeverTheControlPlane(String name) throws IOException {
        Built built = build(name);
        var scaled = new TreeSet<String>();
        for (ScaledObject object : Models.all(built, ScaledObject.class)) {
            var target = object.spec().scaleTargetRef();
            Workload workload = workload(built, target.kind(), target.name());
            assertNull(workload.replicas(), workload::toString);
            assertTrue(object.spec().minReplicaCount() >= 2, workload::toString);
            assertTrue(object.spec().maxReplicaCount() > object.spec().minReplicaCount(), workload::toString);
            scaled.add(workload.command().role().label());
        }
        assertEquals(Set.of("router", "serving", "ingest", "metrics"), scaled);
    }

    @Test
    void autoscalersByProcessorTimeHaveTargetsThatRequestSome() throws IOException {
        Built built = build("overlays/development", "components/autoscaling");
        List<HorizontalPodAutoscaler> all = Models.all(built, HorizontalPodAutoscaler.class);
        assertFalse(all.isEmpty());
        for (HorizontalPodAutoscaler each : all) {
            var target = each.getSpec().getScaleTargetRef();
            Workload workload = workload(built, target.getKind(), target.getName());
            assertNull(workload.replicas(), workload::toString);
            assertTrue(workload.command().role() != Role.EXPERIMENTS, workload::toString);
            assertTrue(workload.container().getResources().getRequests().containsKey("cpu"), workload::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/production", "overlays/gpu"})
    void kafkaIsAskedForGroupsAndTopicsThatThereAreWithNoMorePodsThanPartitions(String name) throws IOException {
        Built built = build(name);
        Workload experiments = workload(built, "Deployment", "ringside-experiments");
        int partitions =
                Integer.parseInt(experiments.configuration(built).effective("ringside.experiments.partitions"));
        var asked = new TreeSet<String>();
        for (ScaledObject object : Models.all(built, ScaledObject.class)) {
            for (var trigger : object.spec().triggers()) {
                if (trigger.type().equals("kafka")) {
                    String topic = trigger.metadata().get("topic");
                    assertEquals(GROUPS.get(topic), trigger.metadata().get("consumerGroup"), topic);
                    assertEquals(
                            experiments
                                    .configuration(built)
                                    .value("kafka.bootstrap.servers")
                                    .orElseThrow(),
                            trigger.metadata().get("bootstrapServers"));
                    assertTrue(object.spec().maxReplicaCount() <= partitions, object.metadata()::getName);
                    assertEquals(
                            1,
                            Models.all(built, Operators.TriggerAuthentication.class).stream()
                                    .filter(each -> each.metadata()
                                            .getName()
                                            .equals(trigger.authenticationRef().name()))
                                    .count());
                    asked.add(topic);
                }
            }
        }
        assertEquals(GROUPS.keySet(), asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/production", "overlays/gpu"})
    void everyMetricThatIsAskedForStandsOnThePage(String name) throws IOException {
        Built built = build(name);
        var queries = new ArrayList<String>();
        for (ScaledObject object : Models.all(built, ScaledObject.class)) {
            object.spec().triggers().stream()
                    .filter(trigger -> trigger.type().equals("prometheus"))
                    .forEach(trigger -> queries.add(trigger.metadata().get("query")));
        }
        for (PrometheusRule rules : Models.all(built, PrometheusRule.class)) {
            rules.getSpec()
                    .getGroups()
                    .forEach(group -> group.getRules()
                            .forEach(rule -> queries.add(rule.getExpr().getStrVal())));
        }
        assertTrue(queries.size() > 2, queries::toString);
        Set<String> exposed = Exposed.names();
        for (String query : queries) {
            List<String> metrics =
                    METRIC.matcher(query).results().map(found -> found.group()).toList();
            assertFalse(metrics.isEmpty(), query);
            for (String metric : metrics) {
                assertTrue(exposed.contains(metric), () -> metric + " is none of " + exposed);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/production", "overlays/gpu"})
    void everyRoleIsScrapedOnceWithAKey(String name) throws IOException {
        Built built = build(name);
        ServiceMonitor monitor = Models.all(built, ServiceMonitor.class).getFirst();
        Map<String, String> selector = monitor.getSpec().getSelector().getMatchLabels();
        var scraped = new ArrayList<String>();
        for (Service service : Models.all(built, Service.class)) {
            if (service.getMetadata().getLabels().entrySet().containsAll(selector.entrySet())) {
                scraped.add(service.getSpec().getSelector().get("app.kubernetes.io/component"));
                monitor.getSpec()
                        .getEndpoints()
                        .forEach(endpoint -> assertTrue(
                                service.getSpec().getPorts().stream()
                                        .anyMatch(port -> port.getName().equals(endpoint.getPort())),
                                service.getMetadata()::getName));
            }
        }
        scraped.sort(null);
        assertEquals(
                Workload.roles(built).stream()
                        .map(each -> each.command().role().label())
                        .sorted()
                        .toList(),
                scraped);
        assertEquals("/q/metrics", monitor.getSpec().getEndpoints().getFirst().getPath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/production", "overlays/gpu"})
    void kafkasUserMayEverythingThatTheProcessesDo(String name) throws IOException {
        Built built = build(name);
        var user = Models.all(built, Operators.KafkaUser.class).stream()
                .filter(each -> each.metadata().getName().equals("ringside"))
                .findFirst()
                .orElseThrow();
        for (String topic : List.of(
                Topics.UNIT_EVENTS,
                Topics.OUTCOMES,
                Topics.OUTCOMES_LATE,
                Topics.KPI_MOMENTS,
                Topics.ROUTING,
                Topics.FLEET,
                Topics.DEAD_LETTER,
                Groups.METRICS + "-attribution-changelog")) {
            assertMay(user, "topic", topic, Set.of("Read", "Write", "Create", "Describe"));
        }
        assertMay(user, "group", Groups.METRICS, Set.of("Read", "Describe"));
        assertMay(user, "group", OutcomesTopic.GROUP, Set.of("Read", "Describe"));
        assertMay(user, "transactionalId", Groups.METRICS + "-1", Set.of("Write", "Describe"));
        var kafka = Models.all(built, Operators.Kafka.class).getFirst();
        int brokers = Models.all(built, Operators.KafkaNodePool.class)
                .getFirst()
                .spec()
                .replicas();
        for (Workload role : Workload.roles(built)) {
            int copies = Integer.parseInt(role.configuration(built).effective("ringside.platform.replication"));
            assertTrue(copies <= brokers
                    && copies
                            > kafka.spec()
                                    .kafka()
                                    .config()
                                    .get("min.insync.replicas")
                                    .asInt());
            assertEquals(
                    user.spec().authentication().type(),
                    role.configuration(built)
                            .value("kafka.sasl.mechanism")
                            .orElseThrow()
                            .toLowerCase(java.util.Locale.ROOT));
        }
    }

    private static void assertMay(Operators.KafkaUser user, String type, String name, Set<String> operations) {
        var may = new TreeSet<String>();
        user.spec().authorization().acls().stream()
                .filter(acl -> acl.resource().covers(type, name))
                .forEach(acl -> may.addAll(acl.operations()));
        assertTrue(may.containsAll(operations), () -> type + " " + name + ": " + may);
    }
}
