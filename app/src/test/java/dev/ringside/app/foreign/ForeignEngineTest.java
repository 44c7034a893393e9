package dev.ringside.app.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.ringside.app.tracing.OtlpTracing;
import dev.ringside.app.tracing.RequestTrace;
import dev.ringside.app.tracing.Tracing;
import dev.ringside.contract.inference.CallTrace;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelInstance;
import dev.ringside.engine.ModelUnreachable;
import dev.ringside.grpc.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import dev.ringside.grpc.InferTensorContents;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferResponse;
import dev.ringside.grpc.ModelMetadataRequest;
import dev.ringside.grpc.ModelMetadataResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What servers that are not ours answer, in their own ways of writing it. */
class ForeignEngineTest {
    private static final Signature SIGNATURE = new Signature(
            List.of(new TensorSpec("x", DataType.FP32, List.of(-1L, 2L))),
            List.of(new TensorSpec("y", DataType.FP64, List.of(-1L, 1L))));
    private static final List<Tensor> INPUTS = List.of(new Tensor(
            "x", List.of(2L, 2L), new dev.ringside.contract.inference.TensorData.Fp32(new float[] {1, 2, 3, 4})));

    @TempDir
    Path folder;

    private final ForeignEngine engine = new ForeignEngine(1_000_000, Tracing.OFF, System::nanoTime);
    private HttpServer http;
    private volatile String metadata = """
            {"name": "fare", "versions": ["1", "2"], "platform": "onnxruntime_onnx", "state": "?",
             "inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 2], "parameters": {"content_type": "np"}}],
             "outputs": [{"name": "y", "datatype": "FP64", "shape": [-1, 1]}]}""";
    private volatile String answer = """
            {"model_name": "fare", "model_version": "2", "outputs": [
              {"name": "z", "datatype": "INT64", "shape": [1], "data": [7]},
              {"name": "y", "datatype": "FP64", "shape": [2, 1], "data": [0.25, 0.5]}]}""";
    private volatile int status = 200;
    private volatile String path = "";
    private volatile @Nullable String parent;

    @BeforeEach
    void begin() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            path = exchange.getRequestURI().toString();
            parent = exchange.getRequestHeaders().getFirst("traceparent");
            exchange.getRequestBody().readAllBytes();
            byte[] body = (path.endsWith("/infer") ? answer : metadata).getBytes(UTF_8);
            exchange.sendResponseHeaders(path.endsWith("/infer") ? status : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
    }

    @AfterEach
    void end() {
        http.stop(0);
    }

    private String rest() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private Path file(String server) throws IOException {
        return Files.write(
                folder.resolve("model"), new ForeignModel(List.of(server), "fare", "2", Duration.ofSeconds(5)).file());
    }

    private static List<List<Tensor>> run(LoadedModel model) throws ModelFailure {
        try (ModelInstance instance = model.instance(false)) {
            instance.feed(List.of(INPUTS));
            instance.run(List.of("y"), Deadline.in(Duration.ofSeconds(5), System::nanoTime));
            return instance.take();
        }
    }

    private static List<Double> numbers(List<List<Tensor>> answers) {
        var data = (dev.ringside.contract.inference.TensorData.Fp64)
                answers.getFirst().getFirst().data();
        return java.util.Arrays.stream(data.values()).boxed().toList();
    }

    @Test
    void overRestTheOutputsThatWereAskedForComeBack() throws Exception {
        try (LoadedModel model = engine.open(file(rest() + "/"))) {
            assertEquals("/v2/models/fare/versions/2", path);
            assertEquals(SIGNATURE, model.signature());
            assertEquals(List.of(0.25, 0.5), numbers(run(model)));
            assertEquals("/v2/models/fare/versions/2/infer", path);
        }
    }

    @Test
    void whatIsAskedJoinsTheTraceOfItsRequest() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        try (var tracing = OtlpTracing.start(
                        Map.of(
                                "otel.exporter.otlp.endpoint", "http://127.0.0.1:9",
                                "otel.exporter.otlp.protocol", "http/protobuf",
                                "otel.bsp.schedule.delay", "3600000"),
                        Clock.systemUTC(),
                        System::nanoTime);
                var instance = Executors.newSingleThreadExecutor();
                LoadedModel model = new ForeignEngine(1_000_000, tracing, System::nanoTime).open(file(rest()));
                RequestTrace _ = tracing.begin(
                        "POST", Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"), Map::get)) {
            assertNull(parent, "its metadata is nobody's request");
            CallTrace call = Objects.requireNonNull(tracing.call());
            instance.submit(() -> {
                        try (var _ = call.enter()) {
                            return run(model);
                        }
                    })
                    .get();
            assertTrue(String.valueOf(parent).matches("00-" + trace + "-(?!00f067aa0ba902b7)[0-9a-f]{16}-01"), parent);
            instance.submit(() -> run(model)).get();
            assertNull(parent, "the next run is another's");
        }
    }

    @Test
    void aServerThatHasNoRoomIsToBeAskedAgainAndOneThatRefusesIsNot() throws Exception {
        try (LoadedModel model = engine.open(file(rest()))) {
            answer = "{\"error\": \"no\"}";
            for (int again : List.of(404, 429, 502, 503, 504)) {
                status = again;
                assertThrows(ModelUnreachable.class, () -> run(model), () -> "status " + again);
                status = 400;
                ModelFailure refusal = assertThrows(ModelFailure.class, () -> run(model));
                assertFalse(refusal instanceof ModelUnreachable);
                assertEquals(rest() + " answers 400 for model 'fare' version '2': no", refusal.getMessage());
            }
        }
    }

    @Test
    void anAnswerOfAnotherTypeOrWithoutTheOutputIsRefused() throws Exception {
        try (LoadedModel model = engine.open(file(rest()))) {
            answer = answer.replace("FP64", "FP32");
            assertTrue(failure(model).endsWith("with output 'y' as FP32, its metadata says FP64"), failure(model));
            answer = "{\"outputs\": []}";
            assertTrue(failure(model).endsWith("without output 'y', with []"), failure(model));
            answer = "<html>";
            assertTrue(failure(model).contains("the answer of " + rest() + " cannot be used: "), failure(model));
            answer = "{\"outputs\": [" + " ".repeat(1_000_001) + "]}";
            assertThrows(ModelUnreachable.class, () -> run(model));
        }
    }

    private static String failure(LoadedModel model) {
        return String.valueOf(assertThrows(ModelFailure.class, () -> run(model)).getMessage());
    }

    @Test
    void aServerThatDoesNotSayWhatGoesInCannotBeUsed() {
        metadata = "{\"name\": \"fare\", \"versions\": [], \"platform\": \"\", \"inputs\": [], \"outputs\": []}";
        assertTrue(assertThrows(ModelFailure.class, () -> engine.open(file(rest())))
                .getMessage()
                .startsWith("the server does not say what goes into model 'fare' version '2'"));
    }

    @Test
    void whatIsNoDocumentOrNoAddressSaysSo() throws Exception {
        assertFalse(engine.mayRead(new byte[] {8, 7}));
        Path file = Files.writeString(folder.resolve("wrong"), "{\"model\": \"fare\", \"servers\": [\"triton:8000\"]}");
        assertTrue(engine.mayRead(Files.readAllBytes(file)));
        assertTrue(assertThrows(ModelFailure.class, () -> engine.open(file))
                .getMessage()
                .contains("'servers': expected an address such as http://triton:8000"));
        for (String address :
                List.of("grpc://triton", "grpc://triton:1/v2", "ftp://x", "http://a:b@c", "http://c?x", "")) {
            assertThrows(
                    dev.ringside.contract.InvalidInput.class,
                    () -> ForeignModel.address(address),
                    () -> "accepted: " + address);
        }
    }

    @Test
    void nobodyThereIsToBeTriedAgain() throws Exception {
        Path file = file(rest());
        http.stop(0);
        assertThrows(ModelUnreachable.class, () -> engine.open(file));
        assertThrows(ModelUnreachable.class, () -> engine.open(file(rest().replace("http", "grpc"))));
    }

    @Test
    void overGrpcRawAndTypedValuesAreReadAlike() throws Exception {
        var service = new Service();
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service)
                .build()
                .start();
        try (LoadedModel model = engine.open(file("grpc://127.0.0.1:" + server.getPort()))) {
            assertEquals(SIGNATURE, model.signature());
            assertEquals(List.of(3.0, 7.0), numbers(run(model)));
            service.failure = Status.UNAVAILABLE.withDescription("full");
            assertThrows(ModelUnreachable.class, () -> run(model));
            service.failure = Status.INVALID_ARGUMENT.withDescription("no");
            assertTrue(failure(model).endsWith("answers INVALID_ARGUMENT for model 'fare' version '2': no"));
        } finally {
            server.shutdownNow().awaitTermination();
        }
    }

    /** Adds each row, and writes it in the field of its type, as MLServer does. */
    private static final class Service extends GRPCInferenceServiceImplBase {
        private volatile Status failure = Status.OK;

        @Override
        public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> to) {
            to.onNext(ModelMetadataResponse.newBuilder()
                    .setName(request.getName())
                    .addVersions(request.getVersion())
                    .addInputs(ModelMetadataResponse.TensorMetadata.newBuilder()
                            .setName("x")
                            .setDatatype("FP32")
                            .addShape(-1)
                            .addShape(2))
                    .addOutputs(ModelMetadataResponse.TensorMetadata.newBuilder()
                            .setName("y")
                            .setDatatype("FP64")
                            .addShape(-1)
                            .addShape(1))
                    .build());
            to.onCompleted();
        }

        @Override
        public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> to) {
            if (!failure.isOk()) {
                to.onError(failure.asRuntimeException());
                return;
            }
            var bytes = request.getRawInputContents(0)
                    .asReadOnlyByteBuffer()
                    .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            var contents = InferTensorContents.newBuilder();
            while (bytes.hasRemaining()) {
                contents.addFp64Contents(bytes.get() + bytes.get());
            }
            to.onNext(ModelInferResponse.newBuilder()
                    .addOutputs(ModelInferResponse.InferOutputTensor.newBuilder()
                            .setName("y")
                            .setDatatype("FP64")
                            .addShape(2)
                            .addShape(1)
                            .setContents(contents))
                    .build());
            to.onCompleted();
        }
    }
}
