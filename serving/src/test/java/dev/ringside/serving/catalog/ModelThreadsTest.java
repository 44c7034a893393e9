package dev.ringside.serving.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ModelThreadsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicInteger left = new AtomicInteger();
    private final InFlight inFlight = new InFlight(left::incrementAndGet);

    private static Call call(Duration time, long priority) {
        var request = new InferenceRequest(null, Map.of("priority", priority), List.of(), List.of());
        return Call.of(request, Deadline.in(time, System::nanoTime));
    }

    private <T> T run(ModelThreads threads, Call call, Callable<T> work) throws Exception {
        assertTrue(inFlight.enter());
        return threads.run(work, call, inFlight);
    }

    @Test
    void aCallerWaitsNoLongerThanItsDeadlineAndTheNextIsNotHeldUpByIt() throws Exception {
        var release = new CountDownLatch(1);
        try (var threads = new ModelThreads("test-", 2, 4)) {
            var late = assertThrows(
                    InferenceFailure.class, () -> run(threads, call(Duration.ofMillis(50), 0), () -> await(release)));
            assertEquals(Cause.DEADLINE, late.why());
            assertEquals("next", run(threads, call(LONG, 0), () -> "next"));
            // Who is inside is known until the work itself has ended.
            inFlight.close();
            assertEquals(0, left.get());
            release.countDown();
            while (left.get() == 0) {
                Thread.sleep(1);
            }
        }
    }

    @Test
    void whatHasNotBegunByItsDeadlineIsNeverDone() throws Exception {
        var release = new CountDownLatch(1);
        var begun = new AtomicInteger();
        try (var threads = new ModelThreads("test-", 1, 4);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new CountDownLatch(1);
            Future<String> first = callers.submit(() -> run(threads, call(LONG, 0), () -> {
                running.countDown();
                return await(release);
            }));
            running.await();
            var late = assertThrows(
                    InferenceFailure.class, () -> run(threads, call(Duration.ofMillis(50), 0), begun::incrementAndGet));
            assertEquals(Cause.DEADLINE, late.why());
            release.countDown();
            assertEquals("released", first.get());
            assertEquals("next", run(threads, call(LONG, 0), () -> "next"));
            assertEquals(0, begun.get());
        }
    }

    @Test
    void whereRequestsWaitTheirPriorityDecidesAndThenTheirComing() throws Exception {
        var release = new CountDownLatch(1);
        var order = Collections.synchronizedList(new ArrayList<Long>());
        try (var threads = new ModelThreads("test-", 1, 10);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new CountDownLatch(1);
            var _ = callers.submit(() -> run(threads, call(LONG, 0), () -> {
                running.countDown();
                return await(release);
            }));
            running.await();
            var waiting = new ArrayList<Future<Boolean>>();
            for (long priority : new long[] {0, 3, 1, 2, 1}) {
                int place = waiting.size();
                waiting.add(callers.submit(
                        () -> run(threads, call(LONG, priority), () -> order.add(10 * priority + place))));
                while (threads.waiting() <= place) {
                    Thread.sleep(1);
                }
            }
            release.countDown();
            for (Future<Boolean> each : waiting) {
                each.get();
            }
        }
        assertEquals(List.of(12L, 14L, 23L, 31L, 0L), order);
    }

    @Test
    void beyondTheQueueNobodyWaits() throws Exception {
        var release = new CountDownLatch(1);
        try (var threads = new ModelThreads("test-", 1, 1);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2; i++) {
                var _ = callers.submit(() -> run(threads, call(LONG, 0), () -> await(release)));
            }
            while (threads.waiting() < 1) {
                Thread.sleep(1);
            }
            var refused = assertThrows(InferenceFailure.class, () -> run(threads, call(LONG, 1), () -> "no"));
            assertEquals(Cause.UNAVAILABLE, refused.why());
            assertEquals("overloaded: 1 requests wait, no more may", refused.getMessage());
            release.countDown();
        }
    }

    private static String await(CountDownLatch latch) throws InterruptedException {
        latch.await();
        return "released";
    }
}
