package dev.ringside.app.grpc;

import dev.ringside.app.grpc.codec.InferenceMessages;
import dev.ringside.app.http.Complaints;
import dev.ringside.app.http.InferenceFrontEnd;
import dev.ringside.app.http.WaitingClient;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceLimits;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferResponse;
import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Answers inference requests, each on the thread that asks, within the deadline of its call. */
final class Predictions {
    private final InferenceFrontEnd frontEnd;
    private final InferenceLimits limits;

    Predictions(InferenceFrontEnd frontEnd, InferenceLimits limits) {
        this.frontEnd = frontEnd;
        this.limits = limits;
    }

    /**
     * Answers a request.
     *
     * @throws InferenceFailure naming the model, if it cannot
     */
    ModelInferResponse answer(ModelInferRequest asked) {
        String model = asked.getModelName();
        String version = Versions.named(asked.getModelVersion());
        try {
            frontEnd.admit(model, Keys.CALLER.get());
            InferenceMessages.Received received = InferenceMessages.read(asked, limits);
            InferenceResponse response = infer(model, version, withinDeadline(received.request()));
            return InferenceMessages.write(received.classes().of(response));
        } catch (InferenceFailure e) {
            throw Complaints.naming(model, version, e);
        } catch (InvalidInput e) {
            throw Complaints.naming(model, version, e);
        }
    }

    private static InferenceRequest withinDeadline(InferenceRequest request) {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null
                ? request
                : Call.within(Duration.ofNanos(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS))), request);
    }

    /** What nobody waits for is not begun, and is left if it waits for its turn. */
    private InferenceResponse infer(String model, @Nullable String version, InferenceRequest request) {
        Context call = Context.current();
        if (call.isCancelled()) {
            throw new InferenceFailure(Cause.DEADLINE, "nobody waits for the answer any more");
        }
        if (!frontEnd.mayBeLeft(version)) {
            return frontEnd.infer(model, version, request);
        }
        var client = new WaitingClient();
        Context.CancellationListener leave = _ -> client.hasGone();
        call.addListener(leave, Runnable::run);
        try {
            return client.answer(() -> frontEnd.infer(model, version, request));
        } finally {
            call.removeListener(leave);
        }
    }
}
