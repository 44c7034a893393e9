package dev.ringside.app.wiring;

import dev.ringside.app.configuration.RoleConfig;
import dev.ringside.app.tracing.OtlpTracing;
import dev.ringside.app.tracing.Tracing;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who traces predictions: a collector where OpenTelemetry's keys name one, else nobody. */
@Singleton
final class TracingWiring {
    private static final String ROOT = "otel.";
    private static final List<String> ENDPOINTS =
            List.of("otel.exporter.otlp.endpoint", "otel.exporter.otlp.traces.endpoint");

    @Produces
    @Singleton
    Tracing tracing(
            Config configuration,
            RoleConfig roles,
            Surroundings around,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        boolean isWanted =
                ENDPOINTS.stream().anyMatch(key -> value(configuration, key, "").length() > 0)
                        && !value(configuration, "otel.sdk.disabled", "false").equals("true")
                        && !value(configuration, "otel.traces.exporter", "otlp").equals("none");
        if (!isWanted) {
            return Tracing.OFF;
        }
        Map<String, String> settings = new HashMap<>();
        settings.put("otel.service.name", name(roles));
        settings.put("otel.exporter.otlp.protocol", "http/protobuf");
        settings.put("otel.resource.attributes", "service.version=" + version);
        for (String key : configuration.getPropertyNames()) {
            if (key.startsWith(ROOT)) {
                settings.put(key, value(configuration, key, ""));
            }
        }
        return OtlpTracing.start(settings, around.wall(), around::nanoTime);
    }

    void close(@Disposes Tracing tracing) {
        tracing.close();
    }

    private static String value(Config configuration, String key, String otherwise) {
        return configuration
                .getOptionalValue(key, String.class)
                .orElse(otherwise)
                .strip();
    }

    /** As people see it among their services: {@code ringside}, with what it does where that is one thing. */
    private static String name(RoleConfig roles) {
        List<String> has = Stream.of(
                        Map.entry("router", roles.router()),
                        Map.entry("serving", roles.serving()),
                        Map.entry("ingest", roles.ingest()),
                        Map.entry("metrics", roles.metrics()),
                        Map.entry("experiments", roles.experiments()))
                .filter(role -> role.getValue().enabled())
                .map(Map.Entry::getKey)
                .toList();
        return switch (has.size()) {
            case 0 -> "ringside-serving"; // that of a folder has no role
            case 1 -> "ringside-" + has.getFirst();
            default -> "ringside";
        };
    }
}
