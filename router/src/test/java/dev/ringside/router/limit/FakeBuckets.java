package dev.ringside.router.limit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Buckets in memory that never fill up again; it answers at once, never, or with a failure, as it is told. */
public final class FakeBuckets implements SharedBuckets {
    public static final Duration WAIT = Duration.ofMillis(1_500);

    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final List<Bucket> asked = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.ANSWERS;

    /** How it is. */
    public enum Mood {
        ANSWERS,
        SILENT,
        FAILS,
        THROWS
    }

    public void be(Mood next) {
        mood = next;
    }

    /** The bucket of each request. */
    public List<Bucket> asked() {
        return asked;
    }

    @Override
    public CompletableFuture<Duration> take(Bucket bucket) {
        asked.add(bucket);
        return as(taken.getOrDefault(bucket.key(), 0) < bucket.burst() ? took(bucket) : WAIT);
    }

    private Duration took(Bucket bucket) {
        if (mood == Mood.ANSWERS) {
            taken.merge(bucket.key(), 1, Integer::sum);
        }
        return Duration.ZERO;
    }

    @Override
    public CompletableFuture<?> look(Bucket bucket) {
        return as(Duration.ZERO);
    }

    private CompletableFuture<Duration> as(Duration answer) {
        return switch (mood) {
            case ANSWERS -> CompletableFuture.completedFuture(answer);
            case SILENT -> new CompletableFuture<>();
            case FAILS -> CompletableFuture.failedFuture(new IllegalStateException("away"));
            case THROWS -> throw new IllegalStateException("away");
        };
    }
}
