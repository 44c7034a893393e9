package dev.ringside.app.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Answers calls of one question each. */
final class Replies {
    private final Failures failures;
    private final UnderWay underWay;

    Replies(Failures failures, UnderWay underWay) {
        this.failures = failures;
        this.underWay = underWay;
    }

    /** Gives the answer to whoever asked, or why there is none. */
    <T> void give(StreamObserver<T> asker, Supplier<T> answer) {
        if (asker instanceof ServerCallStreamObserver<T> call) {
            // Without it an answer to a client that has left would throw.
            call.setOnCancelHandler(() -> {});
        }
        T found;
        try (var _ = underWay.begin()) {
            found = answer.get();
        } catch (RuntimeException e) {
            asker.onError(failures.status(e).asRuntimeException());
            return;
        }
        asker.onNext(found);
        asker.onCompleted();
    }
}
