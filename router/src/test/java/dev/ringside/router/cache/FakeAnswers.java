package dev.ringside.router.cache;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers in memory, for good; it answers at once, never, or with a failure, as it is told. */
public final class FakeAnswers implements AnswerStore {
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    private final List<Duration> ttls = new CopyOnWriteArrayList<>();
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

    /** What is kept, by key. */
    public Map<String, byte[]> kept() {
        return kept;
    }

    /** For how long each answer was to be kept. */
    public List<Duration> ttls() {
        return ttls;
    }

    @Override
    public CompletableFuture<Optional<byte[]>> read(String key) {
        return as(Optional.ofNullable(kept.get(key)));
    }

    @Override
    public CompletableFuture<?> write(String key, byte[] answer, Duration ttl) {
        if (mood == Mood.ANSWERS) {
            kept.put(key, answer);
            ttls.add(ttl);
        }
        return as("OK");
    }

    private <T> CompletableFuture<T> as(T answer) {
        return switch (mood) {
            case ANSWERS -> CompletableFuture.completedFuture(answer);
            case SILENT -> new CompletableFuture<>();
            case FAILS -> CompletableFuture.failedFuture(new IllegalStateException("away"));
            case THROWS -> throw new IllegalStateException("away");
        };
    }
}
