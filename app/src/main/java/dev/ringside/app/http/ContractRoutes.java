package dev.ringside.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The contract of the HTTP API at {@code /q/openapi}: {@code META-INF/openapi.yaml} as it is written, or as JSON for those
 * who ask for it with {@code .json}, {@code ?format=json} or {@code Accept: application/json}. It is read when it is first
 * asked for, as no process needs it to start.
 */
@Singleton
public final class ContractRoutes {
    private static final String PATH = "/q/openapi";
    private static final String FILE = "/META-INF/openapi.yaml";
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";

    /** What stands in the file where the application's version belongs. */
    private static final String NO_VERSION = "version: 0.0.0 # the application's takes its place";

    private final String version;
    private @Nullable String yaml;
    private @Nullable String json;

    ContractRoutes(@ConfigProperty(name = "quarkus.application.version") String version) {
        this.version = version;
    }

    void install(@Observes Router router) {
        router.get(PATH).blockingHandler(request -> {
            if (asksForJson(request)) {
                answer(request, JSON, this::json);
            } else {
                answer(request, YAML, this::yaml);
            }
        });
        router.get(PATH + ".json").blockingHandler(request -> answer(request, JSON, this::json));
        router.get(PATH + ".yaml").blockingHandler(request -> answer(request, YAML, this::yaml));
        router.get(PATH + ".yml").blockingHandler(request -> answer(request, YAML, this::yaml));
    }

    private static boolean asksForJson(RoutingContext request) {
        String format = request.queryParams().get("format");
        if (format != null) {
            return format.equalsIgnoreCase("json");
        }
        String accepted = request.request().getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(JSON);
    }

    private static void answer(RoutingContext request, String type, Supplier<String> contract) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type + ";charset=UTF-8")
                .end(contract.get());
    }

    private synchronized String yaml() {
        String known = yaml;
        if (known == null) {
            known = read().replace(NO_VERSION, "version: " + version);
            yaml = known;
        }
        return known;
    }

    private synchronized String json() {
        String known = json;
        if (known == null) {
            known = Json.write(Json.readYaml(yaml(), JsonNode.class));
            json = known;
        }
        return known;
    }

    private static String read() {
        try (InputStream in = Objects.requireNonNull(ContractRoutes.class.getResourceAsStream(FILE), FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(FILE + " of the application cannot be read", e);
        }
    }
}
