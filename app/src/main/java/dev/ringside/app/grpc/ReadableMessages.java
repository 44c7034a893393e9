package dev.ringside.app.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Refuses messages that cannot be read as what their client says is wrong, where the library would call it ours. */
final class ReadableMessages {
    private ReadableMessages() {}

    /**
     * A message as it came.
     *
     * @param value null if it cannot be read
     * @param refused why
     */
    private record Read<Q>(@Nullable Q value, Status refused) {}

    /** The service, to which only messages come that can be read. */
    static ServerServiceDefinition only(ServerServiceDefinition service) {
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(
                        service.getServiceDescriptor().getName())
                .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
        var methods = service.getMethods().stream().map(ReadableMessages::only).toList();
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(definition::addMethod);
        return definition.build();
    }

    private static <Q, R> ServerMethodDefinition<Read<Q>, R> only(ServerMethodDefinition<Q, R> method) {
        MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
        ServerCallHandler<Q, R> handler = method.getServerCallHandler();
        return ServerMethodDefinition.create(
                descriptor.toBuilder(
                                new ReadMarshaller<>(descriptor.getRequestMarshaller()),
                                descriptor.getResponseMarshaller())
                        .build(),
                (call, headers) -> new Listener<>(call, handler.startCall(new ReadCall<>(call, descriptor), headers)));
    }

    private record ReadMarshaller<Q>(Marshaller<Q> marshaller) implements Marshaller<Read<Q>> {
        @Override
        public InputStream stream(Read<Q> value) {
            throw new IllegalStateException("requests are not written here");
        }

        @Override
        public Read<Q> parse(InputStream stream) {
            try {
                return new Read<>(marshaller.parse(stream), Status.OK);
            } catch (StatusRuntimeException e) {
                return new Read<>(
                        null,
                        e.getCause() instanceof InvalidProtocolBufferException
                                ? Status.INVALID_ARGUMENT.withDescription("the message cannot be read: "
                                        + Failures.bounded(
                                                String.valueOf(e.getCause().getMessage())))
                                : e.getStatus());
            }
        }
    }

    /** Hands on what can be read, and ends a call with the first message that cannot. */
    private static final class Listener<Q, R> extends ServerCall.Listener<Read<Q>> {
        private final ServerCall<Read<Q>, R> call;
        private final ServerCall.Listener<Q> next;
        private boolean refused;

        Listener(ServerCall<Read<Q>, R> call, ServerCall.Listener<Q> next) {
            this.call = call;
            this.next = next;
        }

        @Override
        public void onMessage(Read<Q> message) {
            Q value = message.value();
            if (value != null) {
                next.onMessage(value);
            } else if (!refused) {
                refused = true;
                call.close(message.refused(), new Metadata());
            }
        }

        @Override
        public void onHalfClose() {
            if (!refused) {
                next.onHalfClose();
            }
        }

        @Override
        public void onCancel() {
            next.onCancel();
        }

        @Override
        public void onComplete() {
            next.onComplete();
        }

        @Override
        public void onReady() {
            next.onReady();
        }
    }
}
