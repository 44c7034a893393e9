package dev.ringside.app.grpc;

import dev.ringside.app.grpc.codec.InferenceMessages;
import dev.ringside.app.http.Complaints;
import dev.ringside.app.http.InferenceFrontEnd;
import dev.ringside.app.http.WaitingClient;
import dev.ringside.app.tracing.RequestTrace;
import dev.ringside.app.tracing.Tracing;
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
    private static final String OPERATION = "inference.GRPCInferenceService/ModelInfer";

    private final Tracing tracing;
    private final InferenceLimits limits;

    Predictions(InferenceFrontEnd frontEnd, Tracing tracing, InferenceLimits limits) {
        this.frontEnd = frontEnd;
        this.tracing = tracing;
        this.limits = limits;
    }

    /**
     * Answers a request.
     *
     * @throws InferenceFailure naming the model, if it cannot
     */
    ModelInferResponse answer(ModelInferRequest asked) {
        try (RequestTrace trace = tracing.begin(OPERATION, Context.current(), CallerHeaders::read)) {
            return answer(asked, trace);
        }
    }

    private ModelInferResponse answer(ModelInferRequest asked, RequestTrace trace) {
        String model = asked.getModelName();
        String version = Versions.named(asked.getModelVersion());
        try {
            frontEnd.admit(model, Keys.CALLER.get());
            InferenceMessages.Received received;
            try (var _ = trace.step(RequestTrace.READ)) {
                received = InferenceMessages.read(asked, limits);
            }
            trace.asked(model, version, received.request());
            InferenceResponse response = infer(model, version, withinDeadline(received.request()));
            trace.answered(response);
            try (var _ = trace.step(RequestTrace.WRITE)) {
                return InferenceMessages.write(received.classes().of(response));
            }
        } catch (InferenceFailure e) {
            trace.failed(e);
            throw Complaints.naming(model, version, e);
        } catch (InvalidInput e) {
            trace.failed(e);
            throw Complaints.naming(model, version, e);
        } catch (RuntimeException e) {
            trace.failed(e);
            throw e;
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
