package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.grpc.InferTensorContents;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferRequest.InferInputTensor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models in a child process: its death is survived by everything else, and it survives nobody. */
class IsolatedServingIT {
    private static final int PORT = 26470;
    private static final int GRPC = 10;
    private static final String CHILD = "--child";
    private static final String BODY = "{\"inputs\": [{\"name\": \"hour\", \"shape\": [1, 1], \"datatype\": \"INT64\","
            + " \"data\": [17]}, {\"name\": \"distance_km\", \"shape\": [1, 1], \"datatype\": \"FP64\", \"data\":"
            + " [7.25]}]}";

    @TempDir
    Path folder;

    private RunningPlatform platform;

    @Test
    void whereModelsRunMayCrash() throws Exception {
        try (var collector = new SpanCollector();
                RunningPlatform started = RunningPlatform.starting(
                        folder.resolve("data"), PORT, PORT, collector.properties(), "--isolate-serving")) {
            platform = started;
            platform.await("ready", () -> platform.get("/q/health/ready").status() == 200);
            command(
                    "models",
                    "register",
                    "fare",
                    "v1",
                    Application.HOME.resolve("demo/own-model/fare-1.onnx").toString(),
                    "--create-slot");
            command("models", "promote", "fare", "v1", "--why", "the model that we have");
            platform.await("predicting", this::predicts);
            isTracedFromItsCallerToItsRun(collector);
            long first = child();

            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            assertEquals(200, platform.get("/api/slots/fare").status(), "the control plane");
            platform.await("said", () -> platform.printed().contains("serving at http://127.0.0.1:" + (PORT + 5)));
            platform.await("predicting again", this::predicts);
            assertNotEquals(first, child());

            long last = child();
            platform.application().kill();
            assertTrue(
                    ProcessHandle.of(last)
                            .map(process -> process.onExit()
                                    .completeOnTimeout(process, 60, TimeUnit.SECONDS)
                                    .join())
                            .map(process -> !process.isAlive())
                            .orElse(true),
                    "a child outlives its parent");
        } finally {
            // What the killed one has started for itself waits for its successor.
            for (long left : platform == null ? List.<Long>of() : platform.processes("")) {
                ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    /** Over REST and over gRPC; nothing of a request whose caller does not want it traced. */
    private void isTracedFromItsCallerToItsRun(SpanCollector collector) throws Exception {
        var untraced = new RoutedTrace(collector, 1);
        var rest = new RoutedTrace(collector, 2);
        for (RoutedTrace trace : List.of(untraced, rest)) {
            var request = platform.request("/v2/models/fare/infer")
                    .header("traceparent", trace.parent(trace.equals(rest)))
                    .POST(HttpRequest.BodyPublishers.ofString(BODY))
                    .build();
            assertEquals(200, platform.send(request).status());
        }
        platform.await("traced", () -> rest.hasCome("POST /v2/models/{model}/infer"));
        rest.check("POST /v2/models/{model}/infer", "fare", "v1");

        var grpc = new RoutedTrace(collector, 3);
        try (var client = new GrpcClient(PORT + GRPC)) {
            var headers = new Metadata();
            headers.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), grpc.parent(true));
            var answer = client.ask()
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .modelInfer(ModelInferRequest.newBuilder()
                            .setModelName("fare")
                            .addInputs(InferInputTensor.newBuilder()
                                    .setName("hour")
                                    .setDatatype("INT64")
                                    .addAllShape(List.of(1L, 1L))
                                    .setContents(
                                            InferTensorContents.newBuilder().addInt64Contents(17)))
                            .addInputs(InferInputTensor.newBuilder()
                                    .setName("distance_km")
                                    .setDatatype("FP64")
                                    .addAllShape(List.of(1L, 1L))
                                    .setContents(
                                            InferTensorContents.newBuilder().addFp64Contents(7.25)))
                            .build());
            assertEquals("v1", answer.getModelVersion());
        }
        platform.await("traced", () -> grpc.hasCome("inference.GRPCInferenceService/ModelInfer"));
        grpc.check("inference.GRPCInferenceService/ModelInfer", "fare", "v1");
        assertEquals(0, untraced.size());
    }

    private boolean predicts() throws IOException, InterruptedException {
        return platform.post("/v2/models/fare/infer", BODY).status() == 200;
    }

    private long child() throws IOException {
        List<Long> found = platform.processes(CHILD);
        assertEquals(1, found.size(), found::toString);
        return found.getFirst();
    }

    private void command(String... arguments) throws IOException, InterruptedException {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--url";
        all[arguments.length + 1] = platform.base();
        Application application = Application.run(folder.resolve("command.out"), Duration.ofMinutes(1), all);
        assertEquals(0, application.status(), application.output());
    }
}
