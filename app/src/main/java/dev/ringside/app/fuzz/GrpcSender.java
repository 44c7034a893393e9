package dev.ringside.app.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ringside.grpc.GRPCInferenceServiceGrpc;
import dev.ringside.grpc.ModelInferResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Requests by gRPC, also such as no client of the protocol's file could form. */
final class GrpcSender implements Sender {
    private static final Set<Status.Code> UNFAIR =
            Set.of(Status.Code.INTERNAL, Status.Code.UNKNOWN, Status.Code.DATA_LOSS, Status.Code.ABORTED);

    private static final MethodDescriptor<byte[], byte[]> INFER = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(GRPCInferenceServiceGrpc.getModelInferMethod().getFullMethodName())
            .setRequestMarshaller(new AsTheyAre())
            .setResponseMarshaller(new AsTheyAre())
            .build();

    private final ManagedChannel channel;

    GrpcSender(ManagedChannel channel) {
        this.channel = channel;
    }

    private static final class AsTheyAre implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public Answered send(SplittableRandom random) {
        byte[] message = new Messages(random).message();
        long began = System.nanoTime();
        try {
            int outputs = ModelInferResponse.parseFrom(ask(message)).getOutputsCount();
            return new Answered("gRPC OK", outputs == 0 ? "an answer without outputs" : null);
        } catch (InvalidProtocolBufferException e) {
            return new Answered("gRPC OK", "an answer that cannot be read: " + e);
        } catch (StatusRuntimeException e) {
            return new Answered("gRPC " + e.getStatus().getCode(), violation(e.getStatus(), System.nanoTime() - began));
        }
    }

    private static @Nullable String violation(Status status, long nanos) {
        boolean isSilent = nanos >= PATIENCE.toNanos() && status.getCode() == Status.Code.DEADLINE_EXCEEDED;
        return isSilent || UNFAIR.contains(status.getCode()) ? "answered " + status : null;
    }

    private byte[] ask(byte[] message) {
        return ClientCalls.blockingUnaryCall(
                channel,
                INFER,
                CallOptions.DEFAULT.withDeadlineAfter(PATIENCE.toNanos(), TimeUnit.NANOSECONDS),
                message);
    }

    @Override
    public Answered sendRight() throws IOException {
        try {
            var answer = ModelInferResponse.parseFrom(
                    ask(RightRequests.typed().build().toByteArray()));
            String echo = HexFormat.of()
                    .formatHex(ByteString.copyFrom(answer.getRawOutputContentsList())
                            .toByteArray());
            return new Answered(
                    "gRPC OK", echo.equals(RightRequests.ECHO) ? null : "a right request was answered " + echo);
        } catch (StatusRuntimeException e) {
            return new Answered("gRPC " + e.getStatus().getCode(), "a right request was answered " + e.getStatus());
        }
    }
}
