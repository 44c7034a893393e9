package dev.ringside.app.grpc;

import dev.ringside.app.grpc.codec.InferenceMessages;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferResponse;
import dev.ringside.grpc.ModelStreamInferResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/**
 * The requests of a stream, answered one after the other. A request that fails is answered with why, and the stream goes
 * on. The next one is read when the client has room for its answer.
 */
final class PredictionStream implements StreamObserver<ModelInferRequest> {
    /** Triton's word for the last response to a request; each request has one here. */
    private static final String LAST = "triton_final_response";

    private final ServerCallStreamObserver<ModelStreamInferResponse> client;
    private final Predictions predictions;
    private final Failures failures;
    private final UnderWay underWay;
    private boolean waitsForRoom;

    PredictionStream(
            ServerCallStreamObserver<ModelStreamInferResponse> client,
            Predictions predictions,
            Failures failures,
            UnderWay underWay) {
        this.client = client;
        this.predictions = predictions;
        this.failures = failures;
        this.underWay = underWay;
    }

    /** Begins to read. */
    PredictionStream open() {
        // Without it an answer to a client that has left would throw.
        client.setOnCancelHandler(() -> {});
        client.setOnReadyHandler(() -> {
            if (waitsForRoom) {
                waitsForRoom = false;
                client.request(1);
            }
        });
        client.disableAutoRequest();
        client.request(1);
        return this;
    }

    @Override
    public void onNext(ModelInferRequest asked) {
        if (underWay.isStopping()) {
            client.onError(Status.UNAVAILABLE
                    .withDescription("the process stops: send it to another one")
                    .asRuntimeException());
            return;
        }
        ModelStreamInferResponse answer;
        try (var _ = underWay.begin()) {
            answer = answer(asked);
        }
        client.onNext(answer);
        if (client.isReady()) {
            client.request(1);
        } else {
            waitsForRoom = true;
        }
    }

    private ModelStreamInferResponse answer(ModelInferRequest asked) {
        ModelStreamInferResponse.Builder message = ModelStreamInferResponse.newBuilder();
        try {
            message.setInferResponse(
                    predictions.answer(asked).toBuilder().putParameters(LAST, InferenceMessages.yes()));
        } catch (RuntimeException e) {
            message.setErrorMessage(String.valueOf(failures.status(e).getDescription()))
                    .setInferResponse(ModelInferResponse.newBuilder().setId(asked.getId()));
        }
        return message.build();
    }

    /** The client has left. */
    @Override
    public void onError(Throwable reason) {}

    @Override
    public void onCompleted() {
        client.onCompleted();
    }
}
