package dev.ringside.router.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Hashes in memory; it answers at once, never, or with a failure, as it is told. */
public final class FakeFeatures implements FeatureStore {
    private final Map<String, Map<String, String>> hashes = new ConcurrentHashMap<>();
    private final List<List<String>> asked = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.ANSWERS;

    /** How it is. */
    public enum Mood {
        ANSWERS,
        SILENT,
        FAILS,
        THROWS
    }

    public void put(String key, String field, String value) {
        hashes.computeIfAbsent(key, k -> new ConcurrentHashMap<>()).put(field, value);
    }

    public void be(Mood next) {
        mood = next;
    }

    /** The keys of each question. */
    public List<List<String>> asked() {
        return asked;
    }

    @Override
    public CompletableFuture<List<Found>> read(List<String> keys, List<String> fields) {
        asked.add(keys);
        return switch (mood) {
            case ANSWERS ->
                CompletableFuture.completedFuture(
                        keys.stream().map(key -> found(key, fields)).toList());
            case SILENT -> new CompletableFuture<>();
            case FAILS -> CompletableFuture.failedFuture(new IllegalStateException("away"));
            case THROWS -> throw new IllegalStateException("away");
        };
    }

    private Found found(String key, List<String> fields) {
        if (key.startsWith("text:")) {
            return new Found.NoHash("WRONGTYPE");
        }
        var values = new ArrayList<@Nullable String>();
        fields.forEach(field -> values.add(hashes.getOrDefault(key, Map.of()).get(field)));
        return new Found.Hash(values);
    }
}
