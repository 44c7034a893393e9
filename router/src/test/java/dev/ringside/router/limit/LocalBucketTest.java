package dev.ringside.router.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalBucketTest {
    /** Near where the clock's number wraps around. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 50_000_000);

    private LocalBucket bucket(int perSecond, int burst) {
        return new LocalBucket(perSecond, burst, clock::get);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static int takes(LocalBucket bucket, int most) {
        int taken = 0;
        while (taken < most && bucket.take().isZero()) {
            taken++;
        }
        return taken;
    }

    @Test
    void itIsFullAtFirstAndThenFillsUpAtItsRate() {
        LocalBucket bucket = bucket(10, 3);
        assertEquals(3, takes(bucket, 100));
        assertEquals(Duration.ofMillis(100), bucket.take());
        pass(Duration.ofMillis(99));
        assertEquals(Duration.ofMillis(1), bucket.take());
        pass(Duration.ofMillis(1));
        assertEquals(1, takes(bucket, 100));
    }

    @Test
    void itHoldsNoMoreThanItsBurstHoweverLongItIsQuiet() {
        LocalBucket bucket = bucket(1_000, 5);
        takes(bucket, 100);
        pass(Duration.ofDays(30));
        assertEquals(5, takes(bucket, 100));
    }

    @Test
    void whatIsRefusedTakesNothing() {
        LocalBucket bucket = bucket(1, 1);
        takes(bucket, 1);
        for (int i = 0; i < 1_000; i++) {
            bucket.take();
        }
        pass(Duration.ofSeconds(1));
        assertEquals(1, takes(bucket, 100));
    }

    @Test
    void overALongTimeItGivesItsRate() {
        LocalBucket bucket = bucket(7, 2);
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            pass(Duration.ofMillis(1));
            taken += takes(bucket, 100);
        }
        // 100 s at 7 a second, and the two that it held.
        assertEquals(702, taken, 1);
    }

    @Test
    void manyThreadsTakeNoMoreThanThereIs() {
        LocalBucket bucket = bucket(1, 1_000);
        var taken = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                threads.execute(() -> taken.addAndGet(takes(bucket, 1_000)));
            }
        }
        assertEquals(1_000, taken.get());
    }
}
