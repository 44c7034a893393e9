package dev.ringside.router.protection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class CallLimitTest {
    private final CallLimit limit = new CallLimit(2);

    @Test
    void anAnswerIsGiven() {
        assertEquals("answer", limit.call("model", () -> "answer"));
    }

    @Test
    void aTargetWhoseCallsDoNotEndTakesOnlyItsOwnPlaces() throws Exception {
        var inside = new CountDownLatch(2);
        var end = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2; i++) {
                var _ = callers.submit(() -> limit.call("slow", () -> {
                    inside.countDown();
                    return await(end);
                }));
            }
            inside.await();
            var failure = assertThrows(InferenceFailure.class, () -> limit.call("slow", () -> "answer"));
            assertEquals(Cause.UNAVAILABLE, failure.why());
            assertEquals("answer", limit.call("other", () -> "answer"));
            end.countDown();
        }
        assertEquals("answer", limit.call("slow", () -> "answer"));
    }

    @Test
    void placesAreGivenBackHoweverACallEndsAndTargetsAreForgotten() {
        for (int i = 0; i < 50; i++) {
            String target = "made-up-" + i % 5;
            limit.call(target, () -> "answer");
            assertThrows(
                    InferenceFailure.class,
                    () -> limit.call(target, () -> {
                        throw new IllegalStateException("broken");
                    }));
        }
        assertEquals(0, limit.targets());
    }

    @Test
    void failuresOfTheProtocolAndOfTheInputPassAsTheyAre() {
        var overloaded = new InferenceFailure(Cause.UNAVAILABLE, "overloaded");
        assertSame(
                overloaded,
                assertThrows(
                        InferenceFailure.class,
                        () -> limit.call("model", () -> {
                            throw overloaded;
                        })));
        var wrong = new InvalidInput("inputs.x", "missing");
        assertSame(
                wrong,
                assertThrows(
                        InvalidInput.class,
                        () -> limit.call("model", () -> {
                            throw wrong;
                        })));
    }

    @Test
    void anythingUnforeseenIsAFailureOfTheModel() {
        var failure = assertThrows(
                InferenceFailure.class,
                () -> limit.call("model", () -> {
                    throw new LinkageError("no such symbol");
                }));
        assertEquals(Cause.FAILED, failure.why());
        assertTrue(failure.getMessage().contains("no such symbol"), failure.getMessage());
    }

    private static String await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "late";
    }
}
