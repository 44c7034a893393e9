package dev.ringside.app.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StopTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void whatHangsIsLeftAfterItsOwnLimit() throws InterruptedException {
        var never = new CountDownLatch(1);
        long begin = System.nanoTime();

        Stop.together(List.of(new Stop("what hangs", Duration.ofMillis(50), never::await)));

        assertTrue(System.nanoTime() - begin >= Duration.ofMillis(50).toNanos());
        assertEquals(1, never.getCount());
    }

    @Test
    void stepsAreDoneAtTheSameTimeAndWaitedForToTheirEnd() throws InterruptedException {
        var first = new CountDownLatch(1);
        var ended = new AtomicInteger();

        Stop.together(List.of(
                new Stop("what waits for the next", LONG, () -> {
                    first.await();
                    ended.incrementAndGet();
                }),
                new Stop("the next", LONG, () -> {
                    first.countDown();
                    ended.incrementAndGet();
                })));

        assertEquals(2, ended.get());
    }

    @Test
    void aFailureIsNobodyElses() throws InterruptedException {
        var ended = new AtomicInteger();

        Stop.together(List.of(
                new Stop("what fails", LONG, () -> {
                    throw new IllegalStateException("broken");
                }),
                new Stop("what does not", LONG, ended::incrementAndGet)));

        assertEquals(1, ended.get());
    }

    @Test
    @DisplayName("B10: what comes after a step is done though the step failed")
    void whatComesAfterIsDoneThoughTheFirstFailed() throws InterruptedException {
        var ended = new AtomicInteger();
        var router = new Stop("the router", LONG, () -> {
            throw new IllegalStateException("broken");
        });

        Stop.together(List.of(router.then(new Stop("the models", LONG, ended::incrementAndGet))));

        assertEquals(1, ended.get());
    }
}
