package dev.ringside.app.demo.client;

import dev.ringside.app.client.ControlClient;
import java.net.URI;

/**
 * The addresses that a product service knows.
 *
 * @param router of the role that answers predictions
 * @param ingest of the role that takes outcomes
 * @param control of the control plane
 * @param slot the model name in the URL
 */
public record Endpoints(URI router, URI ingest, URI control, String slot) {
    URI infer() {
        return router.resolve("/v2/models/" + ControlClient.encode(slot) + "/infer");
    }

    URI infer(String version) {
        return router.resolve(
                "/v2/models/" + ControlClient.encode(slot) + "/versions/" + ControlClient.encode(version) + "/infer");
    }

    URI outcomes() {
        return ingest.resolve("/api/outcomes");
    }

    URI clock() {
        return control.resolve("/api/clock");
    }
}
