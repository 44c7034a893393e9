package dev.ringside.training.run;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run.json} says of one step.
 *
 * @param key digest of all that it and the steps before it depend on
 * @param inputs digests of what it depends on beside those, by name
 * @param files digests of what it made, by the name of the file
 * @param seconds how long it took
 * @param ended when it was done; null while it is not
 */
record StepRecord(
        String key,
        Map<String, String> inputs,
        Map<String, String> files,
        double seconds,
        @Nullable Instant ended) {
    StepRecord {
        inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    static StepRecord begun(String key, Map<String, String> inputs) {
        return new StepRecord(key, inputs, Map.of(), 0, null);
    }

    StepRecord done(Map<String, String> made, double took, Instant at) {
        return new StepRecord(key, inputs, made, took, at);
    }

    boolean isDone() {
        return ended != null;
    }
}
