package dev.ringside.app.command.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import java.io.IOException;

/**
 * What is registered as a version.
 *
 * @param name for people
 * @param proof what was tried before it was accepted
 * @param golden rows whose answers are known, as manifests have them; missing if there are none
 * @param upload sends it
 */
record ModelSource(String name, String proof, JsonNode golden, Upload upload) {
    /** Sends a version's file. */
    @FunctionalInterface
    interface Upload {
        JsonNode to(ControlClient control) throws ControlFailure, IOException, InterruptedException;
    }

    JsonNode upload(ControlClient control) throws ControlFailure, IOException, InterruptedException {
        return upload.to(control);
    }
}
