package dev.ringside.app.http;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Addresses of Triton's that lead elsewhere here, or nowhere: metrics stand where its scrapers look for them, and those of
 * its extensions that are not here say so in the protocol's own words.
 */
@Singleton
public final class TritonRoutes {
    private static final String METRICS = "/q/metrics";

    private static final Map<String, String> NOT_HERE = Map.of(
            "/v2/systemsharedmemory*", "system_shared_memory",
            "/v2/cudasharedmemory*", "cuda_shared_memory",
            "/v2/trace*", "trace",
            "/v2/models/:model/trace*", "trace",
            "/v2/logging*", "logging");

    void install(@Observes Router router) {
        router.get("/metrics").handler(request -> request.reroute(METRICS));
        NOT_HERE.forEach((path, extension) -> router.route(path).handler(request -> refuse(request, extension)));
    }

    /** What is said of an extension of the protocol that is not here. */
    public static String notHere(String extension) {
        return "the extension '" + extension + "' is not here";
    }

    private static void refuse(RoutingContext request, String extension) {
        request.request().resume();
        Errors.answer(
                request.response(), Cause.UNSUPPORTED.status(), notHere(extension) + "; GET /v2 lists those that are");
    }
}
