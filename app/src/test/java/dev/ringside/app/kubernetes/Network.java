package dev.ringside.app.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Map;

/**
 * What the network policies of a namespace let through, by the rules of Kubernetes: a pod that a policy selects may only
 * what some policy says, one that none selects may everything.
 */
record Network(List<NetworkPolicy> policies) {
    /**
     * One end of a connection.
     *
     * @param labels of the pod; those of its namespace begin with {@code namespace:}
     * @param ports of the pod by name
     */
    record End(Map<String, String> labels, Map<String, Integer> ports, boolean here) {
        static End of(Workload workload) {
            return new End(workload.labels(), workload.ports(), true);
        }

        /** A pod of another namespace. */
        static End elsewhere(String namespace, Map<String, String> labels) {
            var all = new java.util.HashMap<>(labels);
            all.put("namespace:kubernetes.io/metadata.name", namespace);
            return new End(all, Map.of(), false);
        }
    }

    /** Whether a connection to a port of a pod gets through. */
    boolean allows(End from, End to, int port) {
        return goesOut(from, to, port) && comesIn(from, to, port);
    }

    /** Whether a pod may begin a connection. */
    boolean goesOut(End from, End to, int port) {
        List<NetworkPolicy> concerned = concerned(from, "Egress");
        return concerned.isEmpty()
                || concerned.stream()
                        .flatMap(policy -> policy.getSpec().getEgress().stream())
                        .anyMatch(rule -> peers(rule.getTo(), to) && ports(rule.getPorts(), to, port));
    }

    private boolean comesIn(End from, End to, int port) {
        List<NetworkPolicy> concerned = concerned(to, "Ingress");
        return concerned.isEmpty()
                || concerned.stream()
                        .flatMap(policy -> policy.getSpec().getIngress().stream())
                        .anyMatch(rule -> peers(rule.getFrom(), from) && ports(rule.getPorts(), to, port));
    }

    private List<NetworkPolicy> concerned(End end, String type) {
        return policies.stream()
                .filter(policy -> end.here
                        && policy.getSpec().getPolicyTypes().contains(type)
                        && matches(policy.getSpec().getPodSelector(), end.labels, ""))
                .toList();
    }

    private static boolean peers(List<NetworkPolicyPeer> peers, End other) {
        return peers.isEmpty() || peers.stream().anyMatch(peer -> isPeer(peer, other));
    }

    private static boolean isPeer(NetworkPolicyPeer peer, End other) {
        boolean place = peer.getNamespaceSelector() == null
                ? other.here
                : matches(peer.getNamespaceSelector(), other.labels, "namespace:");
        return place && (peer.getPodSelector() == null || matches(peer.getPodSelector(), other.labels, ""));
    }

    private static boolean ports(List<NetworkPolicyPort> ports, End to, int port) {
        return ports.isEmpty()
                || ports.stream().anyMatch(each -> {
                    String name = each.getPort().getStrVal();
                    return name == null
                            ? each.getPort().getIntVal() == port
                            : Integer.valueOf(port).equals(to.ports.get(name));
                });
    }

    private static boolean matches(LabelSelector selector, Map<String, String> labels, String prefix) {
        return selector.getMatchLabels().entrySet().stream()
                        .allMatch(each -> each.getValue().equals(labels.get(prefix + each.getKey())))
                && selector.getMatchExpressions().stream()
                        .allMatch(each -> matches(each, labels.get(prefix + each.getKey())));
    }

    private static boolean matches(LabelSelectorRequirement requirement, String value) {
        return switch (requirement.getOperator()) {
            case "In" -> value != null && requirement.getValues().contains(value);
            case "NotIn" -> value == null || !requirement.getValues().contains(value);
            default -> throw new AssertionError("unknown operator in " + requirement);
        };
    }
}
