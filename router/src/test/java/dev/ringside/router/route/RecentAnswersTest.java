package dev.ringside.router.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecentAnswersTest {
    private long now;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final RecentAnswers repeats = new RecentAnswers(3, 1 << 20, () -> now);

    @Test
    void theSameRequestGetsTheSameAnswer() {
        assertSame(answer("a"), answer("a"));
        assertEquals(1, made.get());
        assertEquals(1, repeated.get());
    }

    @Test
    void slotUnitAndIdMakeARequestTheSame() {
        repeats.answer(new RequestKey("s", "u", "i", ""), this::make, () -> {});
        repeats.answer(new RequestKey("s", "u", "j", ""), this::make, () -> {});
        repeats.answer(new RequestKey("s", "v", "i", ""), this::make, () -> {});
        repeats.answer(new RequestKey("t", "u", "i", ""), this::make, () -> {});
        assertEquals(4, made.get());
    }

    @Test
    void afterTenMinutesItIsANewRequest() {
        InferenceResponse first = answer("a");
        now = Duration.ofMinutes(10).toNanos() - 1;
        assertSame(first, answer("a"));
        now = Duration.ofMinutes(10).toNanos();
        assertNotSame(first, answer("a"));
    }

    @Test
    void beyondItsSizeTheOldestIsForgotten() {
        InferenceResponse first = answer("a");
        InferenceResponse second = answer("b");
        answer("c");
        answer("d");
        assertSame(second, answer("b"));
        assertNotSame(first, answer("a"));
    }

    @Test
    @DisplayName("B11: answers are bounded by their bytes, however few they are")
    void beyondItsBytesTheOldestIsForgotten() {
        var narrow = new RecentAnswers(1000, 100_000, () -> now);
        var large = new InferenceResponse("eta", "1", null, Map.of(), List.of(Tensor.column("y", new float[10_000])));
        for (int i = 0; i < 50; i++) {
            narrow.answer(key("i" + i), () -> large, () -> {});
            assertTrue(narrow.bytes() <= 100_000, () -> narrow.bytes() + " bytes");
        }
        narrow.answer(key("i49"), this::make, repeated::incrementAndGet);
        narrow.answer(key("i0"), this::make, () -> {});
        assertEquals(1, repeated.get());
        assertEquals(1, made.get());
    }

    @Test
    void afterItsWindowAnAnswerTakesNoMemory() {
        answer("a");
        now = Duration.ofMinutes(10).toNanos();
        long one = repeats.bytes();
        answer("b");
        assertEquals(one, repeats.bytes());
    }

    @Test
    void aFailureTakesNoMemory() {
        assertThrows(
                IllegalStateException.class,
                () -> repeats.answer(
                        key("a"),
                        () -> {
                            throw new IllegalStateException("once");
                        },
                        () -> {}));
        assertEquals(0, repeats.bytes());
    }

    @Test
    void aFailureIsNotKept() {
        assertThrows(
                IllegalStateException.class,
                () -> repeats.answer(
                        key("a"),
                        () -> {
                            throw new IllegalStateException("once");
                        },
                        () -> {}));
        answer("a");
        assertEquals(1, made.get());
    }

    @Test
    void copiesAtTheSameTimeWaitForTheFirst() throws Exception {
        var release = new CountDownLatch(1);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<InferenceResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(pool.submit(() -> repeats.answer(
                        key("a"),
                        () -> {
                            await(release);
                            return make();
                        },
                        repeated::incrementAndGet)));
            }
            while (repeated.get() < 19) {
                Thread.sleep(1);
            }
            release.countDown();
            InferenceResponse first = answers.getFirst().get();
            for (Future<InferenceResponse> answer : answers) {
                assertSame(first, answer.get());
            }
        }
        assertEquals(1, made.get());
    }

    @Test
    void copiesOfARequestThatFailsFailAsItDoes() throws Exception {
        var release = new CountDownLatch(1);
        var failure = new InferenceFailure(InferenceFailure.Cause.DEADLINE, "too late");
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Object>> failures = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                failures.add(pool.submit(() -> assertThrows(
                        InferenceFailure.class,
                        () -> repeats.answer(
                                key("a"),
                                () -> {
                                    await(release);
                                    throw failure;
                                },
                                repeated::incrementAndGet))));
            }
            while (repeated.get() < 4) {
                Thread.sleep(1);
            }
            release.countDown();
            for (Future<Object> each : failures) {
                assertSame(failure, each.get());
            }
        }
    }

    private static RequestKey key(String id) {
        return new RequestKey("eta", "unit", id, "");
    }

    private InferenceResponse answer(String id) {
        return repeats.answer(key(id), this::make, repeated::incrementAndGet);
    }

    private InferenceResponse make() {
        made.incrementAndGet();
        return new InferenceResponse("eta", "1", null, Map.of(), List.of());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
