package dev.ringside.app.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;
import java.util.Map;

/** The kinds of KEDA, Strimzi and CloudNativePG, as far as they are used: there is no library of their classes here. */
final class Operators {
    private Operators() {}

    record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, ScaledObject.Spec spec) {
        record Spec(
                Target scaleTargetRef,
                int minReplicaCount,
                int maxReplicaCount,
                Integer pollingInterval,
                Integer cooldownPeriod,
                Advanced advanced,
                List<Trigger> triggers) {}

        record Target(String apiVersion, String kind, String name) {}

        record Advanced(Behavior horizontalPodAutoscalerConfig) {}

        record Behavior(HorizontalPodAutoscalerBehavior behavior) {}

        record Trigger(String type, String metricType, Map<String, String> metadata, Reference authenticationRef) {}

        record Reference(String name) {}
    }

    record TriggerAuthentication(String apiVersion, String kind, ObjectMeta metadata, TriggerAuthentication.Spec spec) {
        record Spec(List<SecretTarget> secretTargetRef) {}

        record SecretTarget(String parameter, String name, String key) {}
    }

    record KafkaNodePool(String apiVersion, String kind, ObjectMeta metadata, KafkaNodePool.Spec spec) {
        record Spec(int replicas, List<String> roles, JsonNode storage, ResourceRequirements resources) {}
    }

    record Kafka(String apiVersion, String kind, ObjectMeta metadata, Kafka.Spec spec) {
        record Spec(Brokers kafka, JsonNode entityOperator) {}

        record Brokers(
                JsonNode rack,
                List<Listener> listeners,
                JsonNode authorization,
                Map<String, JsonNode> config,
                String version,
                String metadataVersion) {}

        record Listener(String name, int port, String type, boolean tls, Authentication authentication) {}

        record Authentication(String type) {}
    }

    record KafkaUser(String apiVersion, String kind, ObjectMeta metadata, KafkaUser.Spec spec) {
        record Spec(Kafka.Authentication authentication, Authorization authorization) {}

        record Authorization(String type, List<Acl> acls) {}

        record Acl(Resource resource, List<String> operations) {}

        record Resource(String type, String name, String patternType) {
            boolean covers(String ofType, String wanted) {
                return type.equals(ofType)
                        && ("prefix".equals(patternType) ? wanted.startsWith(name) : wanted.equals(name));
            }
        }
    }

    record PostgresCluster(String apiVersion, String kind, ObjectMeta metadata, PostgresCluster.Spec spec) {
        record Spec(
                int instances,
                int minSyncReplicas,
                int maxSyncReplicas,
                JsonNode bootstrap,
                Storage storage,
                JsonNode affinity,
                ResourceRequirements resources,
                @JsonProperty("imageName") String imageName) {}

        record Storage(String size) {}
    }
}
