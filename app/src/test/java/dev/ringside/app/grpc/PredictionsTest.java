package dev.ringside.app.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.http.InferenceFrontEnd;
import dev.ringside.app.tracing.Tracing;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceLimits;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.model.ModelMetadata;
import dev.ringside.grpc.InferParameter;
import dev.ringside.grpc.ModelInferRequest;
import io.grpc.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PredictionsTest {
    private static final long PATIENCE_SECONDS = 30;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Answering frontEnd = new Answering();
    private final Predictions predictions = new Predictions(frontEnd, Tracing.OFF, InferenceLimits.DEFAULT);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    /** Answers at once, or once it is let. */
    private static final class Answering implements InferenceFrontEnd {
        private final CountDownLatch begun = new CountDownLatch(1);
        private CountDownLatch let = new CountDownLatch(0);
        private boolean routes;
        private @Nullable InferenceRequest last;
        private @Nullable String admitted = "nobody";
        private boolean interrupted;

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public ModelMetadata metadata(String model, @Nullable String version) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean ready(String model, @Nullable String version) {
            return true;
        }

        @Override
        public void admit(String model, @Nullable String caller) {
            admitted = caller;
            if (model.equals("busy")) {
                throw InferenceFailure.limited("1 a second", Duration.ofSeconds(1));
            }
        }

        @Override
        public boolean mayBeLeft(@Nullable String version) {
            return !routes;
        }

        @Override
        public InferenceResponse infer(String model, @Nullable String version, InferenceRequest request) {
            last = request;
            begun.countDown();
            try {
                assertTrue(let.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                interrupted = true;
                throw new InferenceFailure(Cause.DEADLINE, "the caller did not wait for the answer", e);
            }
            if (model.equals("broken")) {
                throw new InvalidInput("unit", "too long");
            }
            return new InferenceResponse(model, version == null ? "best" : version, request.id(), Map.of(), List.of());
        }
    }

    private static ModelInferRequest asked(String model) {
        return ModelInferRequest.newBuilder().setModelName(model).setId("7").build();
    }

    @Test
    void anEmptyVersionIsNone() {
        assertEquals("best", predictions.answer(asked("m")).getModelVersion());
        assertEquals(
                "3",
                predictions
                        .answer(asked("m").toBuilder().setModelVersion("3").build())
                        .getModelVersion());
        assertNull(frontEnd.last.parameters().get("timeout"));
    }

    @Test
    void theCallsDeadlineIsTheRequestsUnlessThatIsSooner() throws Exception {
        try (var call = Context.current().withDeadlineAfter(10, TimeUnit.SECONDS, timer)) {
            call.call(() -> predictions.answer(asked("m")));
            long micros = (Long) frontEnd.last.parameters().get("timeout");
            assertTrue(micros > 1_000_000 && micros <= 10_000_000, () -> micros + " µs");
            call.call(() -> predictions.answer(asked("m").toBuilder()
                    .putParameters(
                            "timeout",
                            InferParameter.newBuilder().setInt64Param(500).build())
                    .build()));
            assertEquals(500L, frontEnd.last.parameters().get("timeout"));
        }
    }

    @Test
    void whatNobodyWaitsForIsNotBegun() {
        Context.CancellableContext call = Context.current().withCancellation();
        call.cancel(null);
        var failure = assertThrows(InferenceFailure.class, () -> call.call(() -> predictions.answer(asked("m"))));
        assertEquals(Cause.DEADLINE, failure.why());
        assertNull(frontEnd.last);
    }

    @Test
    void whoeverWaitsIsToldThatTheClientHasLeft() throws Exception {
        frontEnd.let = new CountDownLatch(1);
        Context.CancellableContext call = Context.current().withCancellation();
        Runnable asking = () -> assertThrows(InferenceFailure.class, () -> predictions.answer(asked("m")));
        Thread thread = Thread.ofVirtual().start(call.wrap(asking));
        assertTrue(frontEnd.begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        call.cancel(null);
        thread.join();
        assertTrue(frontEnd.interrupted);
    }

    @Test
    void whatARouterHasBegunForAUnitItEnds() throws Exception {
        frontEnd.routes = true;
        frontEnd.let = new CountDownLatch(1);
        Context.CancellableContext call = Context.current().withCancellation();
        Runnable asking = () -> predictions.answer(asked("m"));
        Thread thread = Thread.ofVirtual().start(call.wrap(asking));
        assertTrue(frontEnd.begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        call.cancel(null);
        frontEnd.let.countDown();
        thread.join();
        assertFalse(frontEnd.interrupted);
    }

    @Test
    void aRequestIsLetInByItsKeyBeforeItIsRead() throws Exception {
        predictions.answer(asked("m"));
        assertNull(frontEnd.admitted);
        Context.current().withValue(Keys.CALLER, "checkout").call(() -> predictions.answer(asked("m")));
        assertEquals("checkout", frontEnd.admitted);
        frontEnd.last = null;
        var failure = assertThrows(InferenceFailure.class, () -> predictions.answer(asked("busy")));
        assertEquals(Cause.LIMITED, failure.why());
        assertEquals(Duration.ofSeconds(1), failure.retryAfter());
        assertEquals("model 'busy': 1 a second", failure.getMessage());
        assertNull(frontEnd.last);
    }

    @Test
    void everyRefusalNamesTheModel() {
        var failure = assertThrows(InferenceFailure.class, () -> predictions.answer(asked("broken")));
        assertEquals("model 'broken': 'unit': too long", failure.getMessage());
        assertEquals(Cause.MALFORMED, failure.why());
    }
}
