package dev.ringside.app.http;

import dev.ringside.app.tracing.AskedTrace;
import dev.ringside.app.tracing.Tracing;
import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceJson;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.router.route.Predictor;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A model server behind the network: any that speaks the Open Inference Protocol v2. */
public final class RemotePredictor implements Predictor, RoutedModels.ServerReadiness, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final String OPERATION = "POST /v2/models/{model}/versions/{version}/infer";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final String server;
    private final ServiceKey serviceKey;
    private final Tracing tracing;

    /**
     * Makes the client of a server.
     *
     * @param server its base address, such as {@code http://triton:8000}
     * @param serviceKey proves to it that a router asks
     * @param tracing who traces requests
     */
    public RemotePredictor(String server, ServiceKey serviceKey, Tracing tracing) {
        this.tracing = tracing;
        this.serviceKey = serviceKey;
        this.server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    }

    @Override
    public InferenceResponse predict(String slot, String version, Call call) {
        try (AskedTrace trace = tracing.ask(OPERATION)) {
            return predict(slot, version, call, trace);
        }
    }

    private InferenceResponse predict(String slot, String version, Call call, AskedTrace trace) {
        HttpRequest.Builder post = serviceKey
                .request(address(slot, version, "infer"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(InferenceJson.writeRequest(call.forwarded())));
        trace.join(post, HttpRequest.Builder::setHeader);
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(post.build(), HttpResponse.BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> answer = sent.get(call.deadline().nanosLeft(), TimeUnit.NANOSECONDS);
            trace.answered(answer.statusCode());
            if (answer.statusCode() == 200) {
                return InferenceJson.readResponse(answer.body());
            }
            String error = InferenceJson.readError(answer.body());
            throw new InferenceFailure(
                    cause(answer.statusCode()), error == null ? server + " answered " + answer.statusCode() : error);
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw Call.late(server, e);
        } catch (ExecutionException e) {
            throw new InferenceFailure(Cause.UNAVAILABLE, server + " does not answer: " + e.getCause(), e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new InferenceFailure(Cause.DEADLINE, "nobody waited for the answer of " + server, e);
        }
    }

    @Override
    public boolean ready(String slot, String version) {
        HttpRequest get = serviceKey
                .request(address(slot, version, "ready"))
                .timeout(PROBE)
                .build();
        try {
            return http.send(get, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private URI address(String slot, String version, String what) {
        return URI.create(server + "/v2/models/" + encode(slot) + "/versions/" + encode(version) + "/" + what);
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Cause cause(int status) {
        return switch (status) {
            case 400 -> Cause.MALFORMED;
            case 404 -> Cause.UNKNOWN_MODEL;
            case 413 -> Cause.TOO_LARGE;
            case 429, 503 -> Cause.UNAVAILABLE;
            case 501 -> Cause.UNSUPPORTED;
            case 504 -> Cause.DEADLINE;
            default -> Cause.FAILED;
        };
    }

    /** Ends what is still under way: whoever waits for it is told that the server does not answer. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
