package dev.ringside.app.http;

import dev.ringside.serving.catalog.ArtefactSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** The artefacts of a control plane in another process. */
public final class RemoteArtefacts implements ArtefactSource, AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String controlPlane;
    private final ServiceKey serviceKey;

    /**
     * Makes the client of the control plane at a base address.
     *
     * @param serviceKey proves to it that a model server asks
     */
    public RemoteArtefacts(String controlPlane, ServiceKey serviceKey) {
        this.controlPlane = controlPlane;
        this.serviceKey = serviceKey;
    }

    @Override
    public void fetch(String sha256, Path to) throws IOException, InterruptedException {
        URI address = URI.create(controlPlane + "/api/artefacts/" + sha256);
        HttpResponse<Path> answer =
                http.send(serviceKey.request(address).build(), HttpResponse.BodyHandlers.ofFile(to));
        if (answer.statusCode() != 200) {
            throw new IOException(address + " answered " + answer.statusCode());
        }
    }

    /** Ends what is still under way. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
