package dev.ringside.app.http;

import dev.ringside.serving.catalog.ArtefactSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** The artefacts of a control plane in another process. */
public final class RemoteArtefacts implements ArtefactSource {
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String controlPlane;

    /** Makes the client of the control plane at a base address. */
    public RemoteArtefacts(String controlPlane) {
        this.controlPlane = controlPlane;
    }

    @Override
    public void fetch(String sha256, Path to) throws IOException, InterruptedException {
        URI address = URI.create(controlPlane + "/api/artefacts/" + sha256);
        HttpResponse<Path> answer =
                http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofFile(to));
        if (answer.statusCode() != 200) {
            throw new IOException(address + " answered " + answer.statusCode());
        }
    }
}
