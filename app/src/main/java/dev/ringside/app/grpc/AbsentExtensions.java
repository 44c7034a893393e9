package dev.ringside.app.grpc;

import dev.ringside.app.http.TritonRoutes;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods of Triton's that lead nowhere here say so in the protocol's own words. */
final class AbsentExtensions extends HandlerRegistry {
    private static final Map<String, String> METHODS = Map.of(
            "inference.GRPCInferenceService/SystemSharedMemoryStatus", "system_shared_memory",
            "inference.GRPCInferenceService/SystemSharedMemoryRegister", "system_shared_memory",
            "inference.GRPCInferenceService/SystemSharedMemoryUnregister", "system_shared_memory",
            "inference.GRPCInferenceService/CudaSharedMemoryStatus", "cuda_shared_memory",
            "inference.GRPCInferenceService/CudaSharedMemoryRegister", "cuda_shared_memory",
            "inference.GRPCInferenceService/CudaSharedMemoryUnregister", "cuda_shared_memory",
            "inference.GRPCInferenceService/TraceSetting", "trace",
            "inference.GRPCInferenceService/LogSettings", "logging");

    @Override
    public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
        String extension = METHODS.get(method);
        return extension == null ? null : refusal(method, extension);
    }

    private static ServerMethodDefinition<InputStream, InputStream> refusal(String method, String extension) {
        MethodDescriptor<InputStream, InputStream> descriptor = MethodDescriptor.<InputStream, InputStream>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method)
                .setRequestMarshaller(new Unread())
                .setResponseMarshaller(new Unread())
                .build();
        return ServerMethodDefinition.create(descriptor, (call, _) -> {
            call.close(
                    Status.UNIMPLEMENTED.withDescription(
                            TritonRoutes.notHere(extension) + "; ServerMetadata lists those that are"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        });
    }

    /** Messages that nobody looks at. */
    private static final class Unread implements MethodDescriptor.Marshaller<InputStream> {
        @Override
        public InputStream stream(InputStream value) {
            return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
            return new ByteArrayInputStream(new byte[0]);
        }
    }
}
