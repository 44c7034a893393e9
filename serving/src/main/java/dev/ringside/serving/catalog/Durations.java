package dev.ringside.serving.catalog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** How long something took, counted by classes, so that a quantile can be had over any number of servers. */
final class Durations {
    /** The classes' upper bounds in microseconds: 1, 2, 5 of each power of ten from 100 µs to 10 s. */
    private static final List<Long> MICROS = bounds();

    private final LongAdder[] counts = new LongAdder[MICROS.size() + 1];
    private final LongAdder nanos = new LongAdder();

    Durations() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    private static List<Long> bounds() {
        var bounds = new ArrayList<Long>();
        for (long decade = 100; decade < 10_000_000; decade *= 10) {
            bounds.addAll(List.of(decade, 2 * decade, 5 * decade));
        }
        bounds.add(10_000_000L);
        return bounds;
    }

    void add(long tookNanos) {
        int i = 0;
        while (i < MICROS.size() && tookNanos > TimeUnit.MICROSECONDS.toNanos(MICROS.get(i))) {
            i++;
        }
        counts[i].increment();
        nanos.add(tookNanos);
    }

    VersionCounts.Distribution sum() {
        var up = new ArrayList<Long>(counts.length);
        long all = 0;
        for (LongAdder count : counts) {
            all += count.sum();
            up.add(all);
        }
        return new VersionCounts.Distribution(
                MICROS.stream()
                        .map(micros -> Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros)))
                        .toList(),
                up,
                Duration.ofNanos(nanos.sum()));
    }
}
