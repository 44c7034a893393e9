package dev.ringside.app.foreign;

import static dev.ringside.app.client.ControlClient.encode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.tracing.AskedTrace;
import dev.ringside.app.tracing.Tracing;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceJson;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelUnreachable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server that is asked over REST, in JSON, which every server of the protocol speaks. */
final class RestServer implements ForeignServer {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final String OPERATION = "POST /v2/models/{model}/infer";
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI server;
    private final Tracing tracing;
    private final long answerBytes;

    /**
     * @param server its base address
     * @param answerBytes the longest answer
     * @param tracing who traces requests
     */
    RestServer(URI server, long answerBytes, Tracing tracing) {
        this.server = server;
        this.tracing = tracing;
        this.answerBytes = answerBytes;
    }

    @Override
    public String name() {
        return server.toString();
    }

    @Override
    public Description describe(ForeignModel model, Duration patience) throws ModelFailure {
        byte[] answer = send(model, HttpRequest.newBuilder(address(model)).GET(), patience);
        try {
            JsonNode metadata = Json.mapper().readTree(answer);
            var versions = new ArrayList<String>();
            metadata.path("versions").forEach(version -> versions.add(version.asText()));
            return new Description(versions, specs(metadata, "inputs"), specs(metadata, "outputs"));
        } catch (JsonProcessingException e) {
            throw unusable("metadata", "no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException | InvalidInput | InferenceFailure e) {
            throw unusable("metadata", String.valueOf(e.getMessage()), e);
        }
    }

    private static List<TensorSpec> specs(JsonNode metadata, String side) {
        var specs = new ArrayList<TensorSpec>();
        for (JsonNode tensor : metadata.path(side)) {
            var shape = new ArrayList<Long>();
            tensor.path("shape").forEach(n -> shape.add(n.asLong()));
            String name = tensor.path("name").asText();
            specs.add(new TensorSpec(
                    name, DataType.read(name, tensor.path("datatype").asText()), shape));
        }
        return specs;
    }

    @Override
    public List<Tensor> infer(ForeignModel model, List<Tensor> inputs, List<String> outputs, Duration patience)
            throws ModelFailure {
        byte[] body = InferenceJson.writeRequest(new InferenceRequest(null, Map.of(), inputs, outputs));
        HttpRequest.Builder question = HttpRequest.newBuilder(URI.create(address(model) + "/infer"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        byte[] answer;
        try (AskedTrace trace = tracing.ask(OPERATION)) {
            trace.join(question, HttpRequest.Builder::setHeader);
            answer = send(model, question, patience);
            trace.answered();
        }
        try {
            return InferenceJson.readResponse(answer).outputs();
        } catch (InferenceFailure e) {
            throw unusable("answer", String.valueOf(e.getMessage()), e);
        }
    }

    private byte[] send(ForeignModel model, HttpRequest.Builder request, Duration patience) throws ModelFailure {
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(
                    request.timeout(patience).build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), answerBytes));
        } catch (IOException e) {
            throw new ModelUnreachable(server + " does not answer: " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelUnreachable("nobody waited for the answer of " + server, e);
        }
        int status = answer.statusCode();
        if (status == 200) {
            return answer.body();
        }
        String error = InferenceJson.readError(answer.body());
        String words = server + " answers " + status + " for " + model.words() + (error == null ? "" : ": " + error);
        throw status == NOT_FOUND || status == TOO_MANY || isGateway(status)
                ? new ModelUnreachable(words)
                : new ModelFailure(words);
    }

    /** What says that the server cannot answer now, unlike 500, which says that it has failed on what it was given. */
    private static boolean isGateway(int status) {
        return status > SERVER_ERROR && status != 501;
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private ModelFailure unusable(String what, String reason, Exception cause) {
        return new ModelFailure("the " + what + " of " + server + " cannot be used: " + reason, cause);
    }

    private URI address(ForeignModel model) {
        String version = model.version();
        return URI.create(server + "/v2/models/" + encode(model.model())
                + (version == null ? "" : "/versions/" + encode(version)));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
