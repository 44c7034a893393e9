package dev.ringside.app.foreign;

import dev.ringside.app.grpc.codec.ClientMessages;
import dev.ringside.app.tracing.AskedTrace;
import dev.ringside.app.tracing.Tracing;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelUnreachable;
import dev.ringside.grpc.GRPCInferenceServiceGrpc;
import dev.ringside.grpc.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.ringside.grpc.ModelInferResponse;
import dev.ringside.grpc.ModelMetadataRequest;
import dev.ringside.grpc.ModelMetadataResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that is asked over gRPC, on one connection that is kept. */
final class GrpcServer implements ForeignServer {
    private static final long KEEP_ALIVE_SECONDS = 30;

    private static final String OPERATION = "inference.GRPCInferenceService/ModelInfer";

    private final URI server;
    private final Tracing tracing;
    private final ManagedChannel channel;

    /**
     * @param server its address
     * @param answerBytes the longest answer
     * @param tracing who traces requests
     */
    GrpcServer(URI server, int answerBytes, Tracing tracing) {
        this.server = server;
        this.tracing = tracing;
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(server.getHost(), server.getPort())
                .maxInboundMessageSize(answerBytes)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                // Answers are waited for by the thread that asks: none is needed to hand them over.
                .directExecutor();
        this.channel = server.getScheme().equals("grpcs")
                ? builder.useTransportSecurity().build()
                : builder.usePlaintext().build();
    }

    @Override
    public String name() {
        return server.toString();
    }

    @Override
    public Description describe(ForeignModel model, Duration patience) throws ModelFailure {
        ModelMetadataRequest.Builder request = ModelMetadataRequest.newBuilder().setName(model.model());
        if (model.version() != null) {
            request.setVersion(model.version());
        }
        try {
            ModelMetadataResponse metadata = stub(patience).modelMetadata(request.build());
            return new Description(
                    List.copyOf(metadata.getVersionsList()),
                    ClientMessages.specs(metadata.getInputsList()),
                    ClientMessages.specs(metadata.getOutputsList()));
        } catch (StatusRuntimeException e) {
            throw failure(model, e);
        } catch (InvalidInput | InferenceFailure e) {
            throw unusable("metadata", e);
        }
    }

    @Override
    public List<Tensor> infer(ForeignModel model, List<Tensor> inputs, List<String> outputs, Duration patience)
            throws ModelFailure {
        try (AskedTrace trace = tracing.ask(OPERATION)) {
            GRPCInferenceServiceBlockingStub stub = stub(patience);
            if (!trace.equals(AskedTrace.NONE)) {
                var headers = new Metadata();
                trace.join(headers, GrpcServer::write);
                stub = stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
            }
            ModelInferResponse answer =
                    stub.modelInfer(ClientMessages.request(model.model(), model.version(), inputs, outputs));
            trace.answered();
            return ClientMessages.outputs(answer);
        } catch (StatusRuntimeException e) {
            throw failure(model, e);
        } catch (InferenceFailure e) {
            throw unusable("answer", e);
        }
    }

    private static void write(Metadata question, String name, String value) {
        question.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    }

    private GRPCInferenceServiceBlockingStub stub(Duration patience) {
        return GRPCInferenceServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private ModelFailure failure(ForeignModel model, StatusRuntimeException e) {
        Status status = e.getStatus();
        String words = server + " answers " + status.getCode() + " for " + model.words()
                + (status.getDescription() == null ? "" : ": " + status.getDescription());
        return switch (status.getCode()) {
            case UNAVAILABLE, RESOURCE_EXHAUSTED, NOT_FOUND, DEADLINE_EXCEEDED, CANCELLED, ABORTED ->
                new ModelUnreachable(words, e);
            default -> new ModelFailure(words, e);
        };
    }

    private ModelFailure unusable(String what, RuntimeException cause) {
        return new ModelFailure("the " + what + " of " + server + " cannot be used: " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
