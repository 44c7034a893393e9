package dev.ringside.app.http;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceJson;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelInspection;
import dev.ringside.engine.ModelFailure;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.registry.ModelInspector;
import dev.ringside.serving.verification.Inspector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Where the control plane has its model files inspected: in this process, or at a model server. */
public final class ModelInspections {
    private static final String FIELD = "sha256";

    /** What is said of a file that is refused, before the runtime's reason. */
    static final String NOT_SERVABLE = "the file cannot be served: ";

    private ModelInspections() {}

    /** In this process. */
    public static ModelInspector local(Inspector inspector) {
        return file -> {
            try {
                return inspector.inspect(file);
            } catch (ModelFailure e) {
                throw new InvalidInput(FIELD, NOT_SERVABLE + e.getMessage());
            } catch (TimeoutException e) {
                throw Refusal.notYet(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Refusal.notYet("the inspection was interrupted");
            }
        };
    }

    /**
     * At a model server; one that is none of ours knows no inspection, and then it is done here.
     *
     * @param server its base address
     * @param deadline how long an inspection may take
     * @param serviceKey proves to it that the control plane asks
     */
    public static ModelInspector remote(String server, Duration deadline, ModelInspector here, ServiceKey serviceKey) {
        return new Remote(
                URI.create((server.endsWith("/") ? server : server + "/") + "api/models/inspect"),
                deadline,
                here,
                serviceKey,
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build());
    }

    /** At a model server, over a client of its own. */
    private record Remote(URI address, Duration deadline, ModelInspector here, ServiceKey serviceKey, HttpClient http)
            implements ModelInspector, AutoCloseable {
        @Override
        public ModelInspection inspect(Path file) throws IOException {
            HttpResponse<byte[]> answer = post(file);
            return switch (answer.statusCode()) {
                case 200 -> Json.read(answer.body(), ModelInspection.class);
                case 400 -> throw new InvalidInput(FIELD, said(answer));
                case 404, 405 -> here.inspect(file);
                default ->
                    throw Refusal.notYet("the file could not be inspected: " + address + " answered "
                            + answer.statusCode() + ": " + said(answer));
            };
        }

        private HttpResponse<byte[]> post(Path file) throws IOException {
            HttpRequest post = serviceKey
                    .request(address)
                    .timeout(deadline)
                    .header("Content-Type", "application/octet-stream")
                    .POST(HttpRequest.BodyPublishers.ofFile(file))
                    .build();
            try {
                return http.send(post, HttpResponse.BodyHandlers.ofByteArray());
            } catch (IOException e) {
                throw Refusal.notYet("the file could not be inspected: " + post.uri() + " does not answer (" + e
                        + "); start a model server, or try again");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Refusal.notYet("the inspection was interrupted");
            }
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }

    private static String said(HttpResponse<byte[]> answer) {
        String error = InferenceJson.readError(answer.body());
        return error == null ? "no reason" : error;
    }
}
