package dev.ringside.app.grpc;

import dev.ringside.app.access.Doorkeeper;
import dev.ringside.app.access.Doorkeeper.Verdict;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Map;

/**
 * Lets calls in by the API key in their metadata {@code authorization}, each with the roles that the same question has over
 * HTTP. Hosts and origins are not looked at: a web page cannot ask this way.
 */
final class Keys implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** The operations of HTTP by the names of the methods; a test demands that each of the service's is here. */
    static final Map<String, String> OPERATIONS = Map.ofEntries(
            Map.entry("inference.GRPCInferenceService/ServerLive", "GET /v2/health/live"),
            Map.entry("inference.GRPCInferenceService/ServerReady", "GET /v2/health/ready"),
            Map.entry("inference.GRPCInferenceService/ServerMetadata", "GET /v2"),
            Map.entry("inference.GRPCInferenceService/ModelReady", "GET /v2/models/{model}/ready"),
            Map.entry("inference.GRPCInferenceService/ModelMetadata", "GET /v2/models/{model}"),
            Map.entry("inference.GRPCInferenceService/ModelInfer", "POST /v2/models/{model}/infer"),
            Map.entry("inference.GRPCInferenceService/ModelStreamInfer", "POST /v2/models/{model}/infer"),
            Map.entry("inference.GRPCInferenceService/ModelConfig", "GET /v2/models/{model}/config"),
            Map.entry("inference.GRPCInferenceService/ModelStatistics", "GET /v2/models/stats"),
            Map.entry("inference.GRPCInferenceService/RepositoryIndex", "POST /v2/repository/index"),
            Map.entry("inference.GRPCInferenceService/RepositoryModelLoad", "POST /v2/repository/models/{model}/load"),
            Map.entry(
                    "inference.GRPCInferenceService/RepositoryModelUnload",
                    "POST /v2/repository/models/{model}/unload"),
            Map.entry("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "GET /v2"),
            Map.entry("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", "GET /v2"),
            Map.entry("grpc.health.v1.Health/Check", "GET /q/health"),
            Map.entry("grpc.health.v1.Health/Watch", "GET /q/health"));

    /** Methods that are not here, which say so. */
    private static final String OTHERS = "POST /v2";

    /** The name of the API key that a call came with; none where nobody has to prove who they are. */
    static final Context.Key<String> CALLER = Context.key("caller");

    private final Doorkeeper doorkeeper;

    Keys(Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        String[] operation = OPERATIONS.getOrDefault(method, OTHERS).split(" ", 2);
        return switch (doorkeeper.admit(operation[0], operation[1], method, headers.get(AUTHORIZATION))) {
            case Verdict.Admitted(var key) ->
                key == null
                        ? next.startCall(call, headers)
                        : Contexts.interceptCall(Context.current().withValue(CALLER, key.name()), call, headers, next);
            case Verdict.Unproven(String message) -> refuse(call, Status.UNAUTHENTICATED, message);
            case Verdict.Forbidden(String message) -> refuse(call, Status.PERMISSION_DENIED, message);
        };
    }

    private static <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, Status status, String message) {
        call.close(status.withDescription(message), new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
