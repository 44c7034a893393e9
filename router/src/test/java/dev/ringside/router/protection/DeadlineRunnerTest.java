package dev.ringside.router.protection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineRunnerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(30);

    private final DeadlineRunner runner = new DeadlineRunner(2);

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void anAnswerInTimeIsGiven() {
        assertEquals("answer", runner.call("model", LONG, () -> "answer"));
    }

    @Test
    void aCallThatBlocksIsAnsweredForAtItsDeadlineAndInterrupted() throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        var failure = assertThrows(
                InferenceFailure.class,
                () -> runner.call("model", SHORT, () -> {
                    try {
                        return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                }));
        assertEquals(Cause.DEADLINE, failure.why());
        assertEquals("model did not answer within 30 ms", failure.getMessage());
        assertTrue(interrupted.await(10, TimeUnit.SECONDS));
    }

    @Test
    void aCallThatNeitherReturnsNorListensKeepsOnlyItsOwnTargetsPlaces() {
        var stop = new AtomicBoolean();
        try {
            for (int i = 0; i < 2; i++) {
                var failure = assertThrows(InferenceFailure.class, () -> runner.call("hung", SHORT, () -> spin(stop)));
                assertEquals(Cause.DEADLINE, failure.why());
            }
            var failure = assertThrows(InferenceFailure.class, () -> runner.call("hung", SHORT, () -> "answer"));
            assertEquals(Cause.UNAVAILABLE, failure.why());
            assertEquals("answer", runner.call("other", LONG, () -> "answer"));
        } finally {
            stop.set(true);
        }
    }

    @Test
    void targetsThatNobodyCallsAnyMoreAreForgotten() throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            assertEquals("answer", runner.call("made-up-" + i, LONG, () -> "answer"));
        }
        for (int i = 0; i < 1000 && runner.targets() > 0; i++) {
            Thread.sleep(10);
        }
        assertEquals(0, runner.targets());
    }

    @Test
    void placesAreGivenBackHoweverACallEnds() {
        for (int i = 0; i < 50; i++) {
            try {
                assertEquals("just in time", runner.call("model", Duration.ZERO, () -> "just in time"));
            } catch (InferenceFailure e) {
                assertEquals(Cause.DEADLINE, e.why());
                awaitPlace();
            }
            assertThrows(
                    InferenceFailure.class,
                    () -> runner.call("model", LONG, () -> {
                        throw new IllegalStateException("broken");
                    }));
            awaitPlace();
        }
    }

    @Test
    void failuresOfTheProtocolAndOfTheInputPassAsTheyAre() {
        var overloaded = new InferenceFailure(Cause.UNAVAILABLE, "overloaded");
        assertSame(
                overloaded,
                assertThrows(
                        InferenceFailure.class,
                        () -> runner.call("model", LONG, () -> {
                            throw overloaded;
                        })));
        var wrong = new InvalidInput("inputs.x", "missing");
        assertSame(
                wrong,
                assertThrows(
                        InvalidInput.class,
                        () -> runner.call("model", LONG, () -> {
                            throw wrong;
                        })));
    }

    @Test
    void anythingUnforeseenIsAFailureOfTheModel() {
        var failure = assertThrows(
                InferenceFailure.class,
                () -> runner.call("model", LONG, () -> {
                    throw new LinkageError("no such symbol");
                }));
        assertEquals(Cause.FAILED, failure.why());
        assertTrue(failure.getMessage().contains("no such symbol"), failure.getMessage());
    }

    @Test
    void afterItsEndItTakesNoMoreCalls() {
        runner.close();
        var failure = assertThrows(InferenceFailure.class, () -> runner.call("model", LONG, () -> "answer"));
        assertEquals(Cause.UNAVAILABLE, failure.why());
    }

    /** A call that timed out gives its place back a moment later. */
    private void awaitPlace() {
        long end = System.nanoTime() + LONG.toNanos();
        while (System.nanoTime() < end) {
            try {
                runner.call("model", LONG, () -> "answer");
                return;
            } catch (InferenceFailure e) {
                assertEquals(Cause.UNAVAILABLE, e.why());
            }
        }
        throw new AssertionError("no place was given back");
    }

    private static String spin(AtomicBoolean stop) {
        while (!stop.get()) {
            Thread.onSpinWait();
        }
        return "late";
    }
}
