package dev.ringside.e2e;

import static dev.ringside.e2e.GrpcClient.refusal;
import static dev.ringside.e2e.GrpcClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.ringside.app.access.AccessRole;
import dev.ringside.app.access.ApiKey;
import dev.ringside.grpc.DataType;
import dev.ringside.grpc.InferParameter;
import dev.ringside.grpc.ModelConfig;
import dev.ringside.grpc.ModelConfigRequest;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferRequest.InferRequestedOutputTensor;
import dev.ringside.grpc.ModelInferResponse;
import dev.ringside.grpc.ModelMetadataRequest;
import dev.ringside.grpc.ModelMetadataResponse;
import dev.ringside.grpc.ModelReadyRequest;
import dev.ringside.grpc.ModelRepositoryParameter;
import dev.ringside.grpc.ModelStatistics;
import dev.ringside.grpc.ModelStatisticsRequest;
import dev.ringside.grpc.ModelStreamInferResponse;
import dev.ringside.grpc.RepositoryIndexRequest;
import dev.ringside.grpc.RepositoryModelLoadRequest;
import dev.ringside.grpc.RepositoryModelUnloadRequest;
import dev.ringside.grpc.ServerLiveRequest;
import dev.ringside.grpc.ServerMetadataRequest;
import dev.ringside.grpc.ServerReadyRequest;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Open Inference Protocol over gRPC, asked by the client that is generated of the protocol's file. */
class GrpcIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PORT = 28470;
    private static final int GRPC_PORT = PORT + 1;
    private static final int PLATFORM = 28270;
    private static final String SERVICE = "inference.GRPCInferenceService/";

    @TempDir
    Path folder;

    private final Map<AccessRole, String> keys = new EnumMap<>(AccessRole.class);

    private Path put(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve("models").resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private Application serve(String... more) throws IOException {
        put("echo/1/model.onnx", EchoModel.onnx());
        var arguments = new ArrayList<>(List.of(
                "serving",
                "--models",
                folder.resolve("models").toString(),
                "--port",
                Integer.toString(PORT),
                "--grpc-port",
                Integer.toString(GRPC_PORT)));
        arguments.addAll(List.of(more));
        return Application.start(folder.resolve("serving.out"), List.of(), arguments.toArray(String[]::new));
    }

    private static boolean isReady(GrpcClient client) {
        return client.ask().serverReady(ServerReadyRequest.getDefaultInstance()).getReady();
    }

    private static ServingStatus health(GrpcClient client, String service) {
        return HealthGrpc.newBlockingStub(client.channel())
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus();
    }

    @Test
    void aFolderIsServedAsTritonServesIt() throws Exception {
        try (Application serving =
                        serve("--model-control-mode", "explicit", "--load-model", "*", "--shutdown-delay", "2");
                var client = new GrpcClient(GRPC_PORT)) {
            serving.await("ready", () -> isReady(client));

            isAskedInEveryForm(client);
            isAskedInAStream(client);
            saysWhatItHas(client);
            isLoadedAndUnloaded(client);
            refusesWhatItCannotDo(client);
            refusesWhatItCannotRead(client);
            saysWhatItIs(client);

            isNotReadyBeforeItStops(serving, client);
            assertEquals(143, serving.awaitExit(PATIENCE), serving.output());
            assertFalse(serving.output().contains("ERROR"), serving.output());
        }
    }

    private static void isAskedInEveryForm(GrpcClient client) {
        for (ModelInferRequest.Builder request : List.of(GrpcClient.raw(), GrpcClient.typed())) {
            for (String version : List.of("", "1")) {
                ModelInferResponse answer = client.ask()
                        .modelInfer(request.clone()
                                .setModelVersion(version)
                                .setId("7")
                                .build());
                assertEquals("echo", answer.getModelName());
                assertEquals("1", answer.getModelVersion());
                assertEquals("7", answer.getId());
                assertEquals(EchoModel.rawTensors(), GrpcClient.echoed(answer));
                assertEquals(List.of(1L, 2L), answer.getOutputs(0).getShapeList());
            }
        }
        ModelInferResponse classes = client.ask()
                .modelInfer(GrpcClient.raw()
                        .addOutputs(InferRequestedOutputTensor.newBuilder()
                                .setName("x_out")
                                .putParameters(
                                        "classification",
                                        InferParameter.newBuilder()
                                                .setInt64Param(1)
                                                .build()))
                        .build());
        assertEquals(1, classes.getOutputsCount());
        assertEquals("BYTES", classes.getOutputs(0).getDatatype());
        assertEquals("0.500000:0", classes.getRawOutputContents(0).substring(4).toStringUtf8());
    }

    private static void isAskedInAStream(GrpcClient client) throws Exception {
        var answers = new ArrayList<ModelStreamInferResponse>();
        var ended = new CompletableFuture<List<ModelStreamInferResponse>>();
        StreamObserver<ModelInferRequest> requests = client.stream().modelStreamInfer(new StreamObserver<>() {
            @Override
            public void onNext(ModelStreamInferResponse answer) {
                answers.add(answer);
            }

            @Override
            public void onError(Throwable reason) {
                ended.completeExceptionally(reason);
            }

            @Override
            public void onCompleted() {
                ended.complete(answers);
            }
        });
        requests.onNext(GrpcClient.raw().setId("a").build());
        requests.onNext(GrpcClient.raw().setId("b").setModelName("nosuch").build());
        for (int i = 0; i < 100; i++) {
            requests.onNext(GrpcClient.typed().setId("c" + i).build());
        }
        requests.onCompleted();
        List<ModelStreamInferResponse> all = ended.get(1, TimeUnit.MINUTES);
        assertEquals(102, all.size());
        assertEquals("a", all.get(0).getInferResponse().getId());
        assertEquals(EchoModel.rawTensors(), GrpcClient.echoed(all.get(0).getInferResponse()));
        assertEquals("", all.get(0).getErrorMessage());
        assertTrue(all.get(0)
                .getInferResponse()
                .getParametersOrThrow("triton_final_response")
                .getBoolParam());
        assertEquals("b", all.get(1).getInferResponse().getId());
        assertTrue(all.get(1).getErrorMessage().startsWith("Request for unknown model"), all.get(1)::toString);
        assertEquals("c99", all.get(101).getInferResponse().getId());
    }

    private static void saysWhatItHas(GrpcClient client) {
        var index = client.ask().repositoryIndex(RepositoryIndexRequest.getDefaultInstance());
        assertEquals(1, index.getModelsCount());
        assertEquals("echo", index.getModels(0).getName());
        assertEquals("1", index.getModels(0).getVersion());
        assertEquals("READY", index.getModels(0).getState());

        ModelMetadataResponse metadata = client.ask()
                .modelMetadata(ModelMetadataRequest.newBuilder().setName("echo").build());
        assertEquals(List.of("1"), metadata.getVersionsList());
        assertEquals("onnxruntime_onnx", metadata.getPlatform());
        assertEquals("x", metadata.getInputs(0).getName());
        assertEquals("FP32", metadata.getInputs(0).getDatatype());
        assertEquals(List.of(-1L, 2L), metadata.getInputs(0).getShapeList());
        assertEquals(3, metadata.getOutputsCount());

        ModelConfig config = client.ask()
                .modelConfig(ModelConfigRequest.newBuilder().setName("echo").build())
                .getConfig();
        assertEquals("onnxruntime", config.getBackend());
        assertEquals(DataType.TYPE_STRING, config.getInput(2).getDataType());
        assertEquals(1, config.getVersionPolicy().getLatest().getNumVersions());

        ModelStatistics counts = client.ask()
                .modelStatistics(
                        ModelStatisticsRequest.newBuilder().setName("echo").build())
                .getModelStats(0);
        assertEquals("1", counts.getVersion());
        assertEquals(106, counts.getInferenceStats().getSuccess().getCount());
        assertEquals(106, counts.getExecutionCount());

        assertTrue(client.ask()
                .modelReady(ModelReadyRequest.newBuilder()
                        .setName("echo")
                        .setVersion("1")
                        .build())
                .getReady());
        assertEquals(
                "NOT_FOUND",
                refusal(() -> client.ask()
                                .modelReady(ModelReadyRequest.newBuilder()
                                        .setName("nosuch")
                                        .build()))
                        .split(":", 2)[0]);
    }

    private void isLoadedAndUnloaded(GrpcClient client) throws IOException {
        var load = RepositoryModelLoadRequest.newBuilder().setModelName("echo").build();
        Path second = put("echo/2/model.onnx", new byte[] {1, 2, 3});
        String refused = refusal(() -> client.ask().repositoryModelLoad(load));
        assertTrue(refused.contains("failed to load"), refused);
        assertEquals("1", client.ask().modelInfer(GrpcClient.raw().build()).getModelVersion());

        Files.write(second, EchoModel.onnx());
        client.ask().repositoryModelLoad(load);
        assertEquals("2", client.ask().modelInfer(GrpcClient.raw().build()).getModelVersion());

        client.ask()
                .repositoryModelUnload(RepositoryModelUnloadRequest.newBuilder()
                        .setModelName("echo")
                        .putParameters(
                                "unload_dependents",
                                ModelRepositoryParameter.newBuilder()
                                        .setBoolParam(false)
                                        .build())
                        .build());
        String gone = refusal(() -> client.ask().modelInfer(GrpcClient.raw().build()));
        assertTrue(gone.startsWith("NOT_FOUND: Request for unknown model"), gone);
        assertEquals(
                0,
                client.ask()
                        .repositoryIndex(RepositoryIndexRequest.newBuilder()
                                .setReady(true)
                                .build())
                        .getModelsCount());
        client.ask().repositoryModelLoad(load);

        String uploaded = refusal(() -> client.ask()
                .repositoryModelLoad(load.toBuilder()
                        .putParameters(
                                "config",
                                ModelRepositoryParameter.newBuilder()
                                        .setStringParam("{}")
                                        .build())
                        .build()));
        assertTrue(uploaded.startsWith("UNIMPLEMENTED: failed to load 'echo'"), uploaded);
    }

    private static void refusesWhatItCannotDo(GrpcClient client) {
        for (String method :
                List.of("SystemSharedMemoryStatus", "CudaSharedMemoryRegister", "TraceSetting", "LogSettings")) {
            String refused = refusal(() -> client.send(SERVICE + method, new byte[0]));
            assertTrue(refused.startsWith("UNIMPLEMENTED: the extension '"), refused);
        }
        assertEquals(
                "NOT_FOUND: Request for unknown model: 'nosuch' is not found",
                refusal(() -> client.ask()
                                .modelInfer(
                                        GrpcClient.raw().setModelName("nosuch").build()))
                        .split("; ", 2)[0]);
        assertEquals(
                "INVALID_ARGUMENT: model 'echo': parameter 'timeout': expected a whole number of 0 or more, in"
                        + " microseconds, found soon",
                refusal(() -> client.ask()
                        .modelInfer(GrpcClient.raw()
                                .putParameters("timeout", text("soon"))
                                .build())));
        String sequence = refusal(() -> client.ask()
                .modelInfer(GrpcClient.raw()
                        .putParameters("sequence_id", text("s-1"))
                        .build()));
        assertTrue(sequence.startsWith("UNIMPLEMENTED: model 'echo': parameter 'sequence_id'"), sequence);
        String named = refusal(() -> client.ask()
                .repositoryIndex(RepositoryIndexRequest.newBuilder()
                        .setRepositoryName("other")
                        .build()));
        assertTrue(named.startsWith("UNIMPLEMENTED: 'repository_name'"), named);
    }

    private static void refusesWhatItCannotRead(GrpcClient client) {
        byte[] noUtf8 = {10, 1, -1};
        byte[] cutOff = {10, 100, 'a'};
        byte[] noMessage = {7, 7, 7, 7};
        for (byte[] message : List.of(noUtf8, cutOff, noMessage)) {
            String refused = refusal(() -> client.send(SERVICE + "ModelInfer", message));
            assertTrue(refused.startsWith("INVALID_ARGUMENT: the message cannot be read"), refused);
        }
        String refused = refusal(() -> client.ask()
                .modelInfer(GrpcClient.raw()
                        .setRawInputContents(0, ByteString.copyFrom(new byte[3]))
                        .build()));
        assertTrue(refused.startsWith("INVALID_ARGUMENT: model 'echo': input 'x': has 3 bytes"), refused);
        String large = refusal(() -> client.ask()
                .modelInfer(GrpcClient.raw()
                        .setRawInputContents(0, ByteString.copyFrom(new byte[9 << 20]))
                        .build()));
        assertTrue(large.startsWith("RESOURCE_EXHAUSTED"), large);
        String compressed = refusal(() -> client.ask()
                .withCompression("gzip")
                .modelInfer(GrpcClient.raw()
                        .setRawInputContents(0, ByteString.copyFrom(new byte[9 << 20]))
                        .build()));
        assertTrue(compressed.startsWith("RESOURCE_EXHAUSTED"), compressed);
        assertEquals(
                EchoModel.rawTensors(),
                GrpcClient.echoed(client.ask()
                        .withCompression("gzip")
                        .modelInfer(GrpcClient.raw().build())));
    }

    private static void saysWhatItIs(GrpcClient client) throws Exception {
        assertTrue(
                client.ask().serverLive(ServerLiveRequest.getDefaultInstance()).getLive());
        var server = client.ask().serverMetadata(ServerMetadataRequest.getDefaultInstance());
        assertEquals("ringside", server.getName());
        assertTrue(server.getExtensionsList().contains("statistics"), server::toString);
        assertEquals(ServingStatus.SERVING, health(client, ""));
        assertEquals(ServingStatus.SERVING, health(client, "inference.GRPCInferenceService"));

        var services = new CompletableFuture<List<String>>();
        StreamObserver<ServerReflectionRequest> question = ServerReflectionGrpc.newStub(client.channel())
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse answer) {
                        services.complete(answer.getListServicesResponse().getServiceList().stream()
                                .map(service -> service.getName())
                                .sorted()
                                .toList());
                    }

                    @Override
                    public void onError(Throwable reason) {
                        services.completeExceptionally(reason);
                    }

                    @Override
                    public void onCompleted() {}
                });
        question.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        assertEquals(
                List.of(
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection",
                        "grpc.reflection.v1alpha.ServerReflection",
                        "inference.GRPCInferenceService"),
                services.get(1, TimeUnit.MINUTES));
        question.onCompleted();
    }

    private static void isNotReadyBeforeItStops(Application serving, GrpcClient client) throws Exception {
        serving.terminate();
        serving.await("not ready", () -> !isReady(client));
        assertEquals(ServingStatus.NOT_SERVING, health(client, ""));
        assertEquals(
                EchoModel.rawTensors(),
                GrpcClient.echoed(client.ask().modelInfer(GrpcClient.raw().build())));
    }

    @Test
    void onlyWhoHasAKeyOfTheRoleIsAnswered() throws Exception {
        var lines = new ArrayList<String>();
        for (AccessRole role : AccessRole.values()) {
            String key = ApiKey.random(new SecureRandom());
            keys.put(role, key);
            lines.add(new ApiKey(role.label() + "-1", role, ApiKey.digest(key)).entry());
        }
        Path file = Files.write(folder.resolve("keys"), lines);
        Path configuration =
                Files.writeString(folder.resolve("auth.properties"), "ringside.auth.keys-file=" + file + "\n");
        try (Application serving = serve(
                        "--model-control", "explicit", "--load-model", "*", "--config", configuration.toString());
                var client = new GrpcClient(GRPC_PORT)) {
            serving.await("ready", () -> isReady(client));
            assertEquals(ServingStatus.SERVING, health(client, ""));

            ModelInferRequest request = GrpcClient.raw().build();
            String unproven = refusal(() -> client.ask().modelInfer(request));
            assertTrue(unproven.startsWith("UNAUTHENTICATED: an API key is needed"), unproven);
            assertEquals(unproven, refusal(() -> client.ask("rsk_wrong").modelInfer(request)));
            assertEquals(
                    "PERMISSION_DENIED: 'viewer-1' has the role viewer; inference.GRPCInferenceService/ModelInfer needs"
                            + " operator or service",
                    refusal(() -> client.ask(keys.get(AccessRole.VIEWER)).modelInfer(request)));
            assertEquals(
                    EchoModel.rawTensors(),
                    GrpcClient.echoed(client.ask(keys.get(AccessRole.SERVICE)).modelInfer(request)));
            var metadata = ModelMetadataRequest.newBuilder().setName("echo").build();
            assertEquals(
                    "echo",
                    client.ask(keys.get(AccessRole.VIEWER))
                            .modelMetadata(metadata)
                            .getName());
            var load =
                    RepositoryModelLoadRequest.newBuilder().setModelName("echo").build();
            String forbidden =
                    refusal(() -> client.ask(keys.get(AccessRole.SERVICE)).repositoryModelLoad(load));
            assertTrue(forbidden.startsWith("PERMISSION_DENIED"), forbidden);
            client.ask(keys.get(AccessRole.OPERATOR)).repositoryModelLoad(load);
            for (String method : List.of("LogSettings", "ServerMetadata")) {
                String refused = refusal(() -> client.send(SERVICE + method, new byte[0]));
                assertTrue(refused.startsWith("UNAUTHENTICATED"), refused);
            }
        }
    }

    @Test
    void aRouterRoutesAsOverHttp() throws Exception {
        try (RunningPlatform platform = RunningPlatform.start(folder.resolve("data"), PLATFORM);
                var client = new GrpcClient(PLATFORM + 10)) {
            EchoModel.install(platform);
            platform.await("ready", () -> isReady(client));

            ModelInferRequest request = GrpcClient.raw()
                    .setId("r-1")
                    .putParameters("unit", text("ride-1"))
                    .putParameters("region", text("north"))
                    .build();
            ModelInferResponse first = client.ask().modelInfer(request);
            assertEquals(EchoModel.rawTensors(), GrpcClient.echoed(first));
            Map<String, InferParameter> parameters = first.getParametersMap();
            assertEquals(text("duel"), parameters.get("experiment"));
            assertEquals(text("0.5"), parameters.get("propensity"));
            assertEquals(text(first.getModelVersion()), parameters.get("model_version"));
            // Asked again it has less time, and is the same question.
            ModelInferResponse again =
                    client.ask().withDeadlineAfter(20, TimeUnit.SECONDS).modelInfer(request);
            assertEquals(
                    parameters.get("prediction_id"), again.getParametersMap().get("prediction_id"));
            // Over HTTP too: a prediction has one answer.
            var overHttp = platform.post("/v2/models/echo/infer", EchoModel.request("r-2", "ride-1", "north"))
                    .json();
            assertEquals(
                    parameters.get("variant").getStringParam(),
                    overHttp.at("/parameters/variant").asText());

            ModelInferResponse second = client.ask()
                    .modelInfer(GrpcClient.typed().setModelVersion("2").build());
            assertEquals("2", second.getModelVersion());
            assertFalse(second.containsParameters("prediction_id"), second::toString);

            var unknown = platform.post("/v2/models/nosuch/infer", EchoModel.request("r-3", "ride-1", "north"));
            assertEquals(
                    "NOT_FOUND: " + unknown.json().get("error").asText(),
                    refusal(() -> client.ask()
                            .modelInfer(
                                    request.toBuilder().setModelName("nosuch").build())));
            var refused = platform.post(
                    "/v2/models/echo/infer",
                    EchoModel.request("r-4", "ride-1", "north").replace("ride-1", ""));
            assertEquals(
                    "INVALID_ARGUMENT: " + refused.json().get("error").asText(),
                    refusal(() -> client.ask()
                            .modelInfer(request.toBuilder()
                                    .putParameters("unit", text(""))
                                    .build())));
            String decided = refusal(() -> client.ask()
                    .repositoryModelLoad(RepositoryModelLoadRequest.newBuilder()
                            .setModelName("echo")
                            .build()));
            assertTrue(decided.startsWith("UNIMPLEMENTED: explicit model load / unload is not allowed"), decided);
            ModelMetadataResponse metadata = client.ask()
                    .modelMetadata(
                            ModelMetadataRequest.newBuilder().setName("echo").build());
            assertEquals(List.of("1", "2"), metadata.getVersionsList());
        }
    }
}
