package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import dev.ringside.grpc.GRPCInferenceServiceGrpc;
import dev.ringside.grpc.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.ringside.grpc.GRPCInferenceServiceGrpc.GRPCInferenceServiceStub;
import dev.ringside.grpc.InferParameter;
import dev.ringside.grpc.InferTensorContents;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferRequest.InferInputTensor;
import dev.ringside.grpc.ModelInferResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A client of the Open Inference Protocol over gRPC, as one is generated from the protocol's file. */
final class GrpcClient implements AutoCloseable {
    private static final long ONE_ANSWER_SECONDS = 60;

    private final ManagedChannel channel;

    GrpcClient(int port) {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build();
    }

    ManagedChannel channel() {
        return channel;
    }

    GRPCInferenceServiceBlockingStub ask() {
        return GRPCInferenceServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(ONE_ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** With an API key. */
    GRPCInferenceServiceBlockingStub ask(String key) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
        return ask().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    GRPCInferenceServiceStub stream() {
        return GRPCInferenceServiceGrpc.newStub(channel).withDeadlineAfter(ONE_ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** What a question is refused with: {@code CODE: words}. */
    static String refusal(Callable<?> question) {
        var refused = assertThrows(StatusRuntimeException.class, question::call);
        return refused.getStatus().getCode() + ": " + refused.getStatus().getDescription();
    }

    /** Sends any bytes to a method. */
    byte[] send(String method, byte[] message) {
        var descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method)
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
        return ClientCalls.blockingUnaryCall(
                channel,
                descriptor,
                CallOptions.DEFAULT.withDeadlineAfter(ONE_ANSWER_SECONDS, TimeUnit.SECONDS),
                message);
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
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

    /** A request to the echo model with one row, its values in the fields of their types. */
    static ModelInferRequest.Builder typed() {
        return ModelInferRequest.newBuilder()
                .setModelName(EchoModel.SLOT)
                .addInputs(input("x", "FP32")
                        .setContents(InferTensorContents.newBuilder().addAllFp32Contents(List.of(0.5f, -1.5f))))
                .addInputs(input("n", "INT64")
                        .setContents(InferTensorContents.newBuilder().addAllInt64Contents(List.of(7L, -8L))))
                .addInputs(input("t", "BYTES")
                        .setContents(InferTensorContents.newBuilder()
                                .addBytesContents(ByteString.copyFromUtf8("a"))
                                .addBytesContents(ByteString.copyFromUtf8("ä€"))));
    }

    /** The same with raw values. */
    static ModelInferRequest.Builder raw() {
        return ModelInferRequest.newBuilder()
                .setModelName(EchoModel.SLOT)
                .addInputs(input("x", "FP32"))
                .addInputs(input("n", "INT64"))
                .addInputs(input("t", "BYTES"))
                .addAllRawInputContents(EchoModel.rawTensors());
    }

    private static InferInputTensor.Builder input(String name, String type) {
        return InferInputTensor.newBuilder()
                .setName(name)
                .setDatatype(type)
                .addShape(1)
                .addShape(2);
    }

    static InferParameter text(String value) {
        return InferParameter.newBuilder().setStringParam(value).build();
    }

    /** The values of the echo's outputs, in the order of their inputs. */
    static List<ByteString> echoed(ModelInferResponse answer) {
        return List.of("x_out", "n_out", "t_out").stream()
                .map(name -> {
                    for (int i = 0; i < answer.getOutputsCount(); i++) {
                        if (answer.getOutputs(i).getName().equals(name)) {
                            return answer.getRawOutputContents(i);
                        }
                    }
                    throw new AssertionError(name + " is missing: " + answer);
                })
                .toList();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
