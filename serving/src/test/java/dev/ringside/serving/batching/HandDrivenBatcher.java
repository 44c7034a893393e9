package dev.ringside.serving.batching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** A batcher of a {@link DoublingModel}, whose time and threads a test moves. */
final class HandDrivenBatcher {
    static final Duration LONG = Duration.ofMinutes(1);

    final HandClock clock = new HandClock();
    final DoublingModel model = new DoublingModel();
    final CountingMeter meter = new CountingMeter();
    final List<HandThread> threads = new ArrayList<>();
    final Batcher batcher;
    int left;

    HandDrivenBatcher(BatchSettings settings) {
        this(settings, true);
    }

    HandDrivenBatcher(BatchSettings settings, boolean joins) {
        batcher = new Batcher(model, joins, settings, clock, clock, number -> {
            threads.add(new HandThread());
            return threads.getLast();
        });
    }

    Ticket submit(float... values) {
        return submit(LONG, 0, DoublingModel.inputs(values), "y");
    }

    /** Submits a request whose answer the test does not look at. */
    void ask(float... values) {
        var _ = submit(values);
    }

    /** Submits a request and does something when it is answered. */
    void ask(Duration time, int priority, Runnable then, float... values) {
        var _ = submit(time, priority, values).thenRun(then);
    }

    Ticket submit(Duration time, int priority, float... values) {
        return submit(time, priority, DoublingModel.inputs(values), "y");
    }

    Ticket submit(Duration time, int priority, List<Tensor> inputs, String... outputs) {
        return batcher.submit(new BatchRequest(
                inputs, List.of(outputs), Deadline.in(time, clock), priority, meter, () -> left++, null));
    }

    /** Does all that there is to do for the instances now. */
    void work() {
        boolean worked = true;
        while (worked) {
            worked = false;
            for (HandThread thread : threads) {
                while (thread.hasWork()) {
                    thread.step();
                    worked = true;
                }
            }
        }
    }

    static void assertDoubled(Ticket ticket, float... values) {
        assertTrue(ticket.isDone(), "not answered");
        float[] expected = values.clone();
        for (int i = 0; i < expected.length; i++) {
            expected[i] *= 2;
        }
        assertArrayEquals(expected, ((TensorData.Fp32) ticket.join().getFirst().data()).values());
    }

    static void assertFailed(String message, Ticket ticket) {
        assertTrue(ticket.isDone(), "not answered");
        Throwable cause = assertThrows(ExecutionException.class, ticket::get).getCause();
        assertEquals(message, cause.getMessage());
    }

    static void assertLate(Ticket ticket) {
        assertFailed("no answer before the deadline", ticket);
        assertEquals(InferenceFailure.Cause.DEADLINE, ((InferenceFailure) ticket.exceptionNow()).why());
    }
}
