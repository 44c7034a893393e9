package dev.ringside.app.kubernetes;

import dev.ringside.app.command.Parsed;
import dev.ringside.app.configuration.Environment;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What makes pods, whatever its kind. */
record Workload(
        String kind,
        String name,
        String namespace,
        Integer replicas,
        LabelSelector selector,
        PodTemplateSpec template,
        List<PersistentVolumeClaim> claims) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)");

    /** All of a folder. */
    static List<Workload> all(Kustomization.Built built) {
        var all = new ArrayList<Workload>();
        for (var manifest : built.manifests()) {
            switch (Models.read(manifest)) {
                case Deployment made ->
                    all.add(new Workload(
                            made.getKind(),
                            made.getMetadata().getName(),
                            made.getMetadata().getNamespace(),
                            made.getSpec().getReplicas(),
                            made.getSpec().getSelector(),
                            made.getSpec().getTemplate(),
                            List.of()));
                case StatefulSet made ->
                    all.add(new Workload(
                            made.getKind(),
                            made.getMetadata().getName(),
                            made.getMetadata().getNamespace(),
                            made.getSpec().getReplicas(),
                            made.getSpec().getSelector(),
                            made.getSpec().getTemplate(),
                            made.getSpec().getVolumeClaimTemplates()));
                case CronJob made ->
                    all.add(new Workload(
                            made.getKind(),
                            made.getMetadata().getName(),
                            made.getMetadata().getNamespace(),
                            null,
                            null,
                            made.getSpec().getJobTemplate().getSpec().getTemplate(),
                            List.of()));
                default -> {}
            }
        }
        return all;
    }

    /** Those that run Ringside's image. */
    static List<Workload> ours(Kustomization.Built built) {
        return all(built).stream().filter(Workload::isOurs).toList();
    }

    /** Those of them that start a role. */
    static List<Workload> roles(Kustomization.Built built) {
        return ours(built).stream()
                .filter(each -> each.command().command().equals(List.of("up")))
                .toList();
    }

    boolean isOurs() {
        return "ringside".equals(container().getName());
    }

    PodSpec pod() {
        return template.getSpec();
    }

    Container container() {
        return pod().getContainers().getFirst();
    }

    Map<String, String> labels() {
        return template.getMetadata().getLabels();
    }

    /** What the application makes of its arguments. */
    Parsed command() {
        return Parsed.of(container().getArgs());
    }

    /** A port of a container by its name. */
    Optional<Integer> port(String named) {
        return Optional.ofNullable(ports().get(named));
    }

    /** The ports of a container by their names. */
    Map<String, Integer> ports() {
        return container().getPorts().stream()
                .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
    }

    /**
     * The environment of the container as Kubernetes makes it: {@code $(NAME)} is what was defined before, and what comes
     * out of a Secret stands as its name and key.
     */
    Map<String, String> environment(Kustomization.Built built) {
        var environment = new LinkedHashMap<String, String>();
        for (EnvFromSource from : container().getEnvFrom()) {
            ConfigMap map =
                    Models.read(built.one("ConfigMap", from.getConfigMapRef().getName()), ConfigMap.class);
            environment.putAll(map.getData());
        }
        for (EnvVar variable : container().getEnv()) {
            environment.put(variable.getName(), value(variable, environment));
        }
        return environment;
    }

    /** The environment as the application reads it. */
    Environment configuration(Kustomization.Built built) {
        return new Environment(environment(built));
    }

    private String value(EnvVar variable, Map<String, String> before) {
        if (variable.getValueFrom() == null) {
            return expand(variable.getValue(), before);
        }
        var secret = variable.getValueFrom().getSecretKeyRef();
        if (secret != null) {
            return secret.getName() + "/" + secret.getKey();
        }
        return switch (variable.getValueFrom().getFieldRef().getFieldPath()) {
            case "metadata.name" -> name + "-0";
            case "metadata.namespace" -> namespace == null ? "default" : namespace;
            default -> throw new AssertionError("unknown field of " + variable);
        };
    }

    private static String expand(String value, Map<String, String> before) {
        Matcher reference = REFERENCE.matcher(value);
        return reference.replaceAll(
                found -> Matcher.quoteReplacement(before.getOrDefault(found.group(1), found.group())));
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
