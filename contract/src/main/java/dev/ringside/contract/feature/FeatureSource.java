package dev.ringside.contract.feature;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where the inputs of a slot are that its callers do not send. A router reads them before it assigns, alike for all arms,
 * and goes on without them when they are late.
 *
 * @param from what keeps them
 * @param key the key of the hash that has them, with names in braces for what a request says: {@link FeatureKey}
 * @param fields the inputs; each is the hash's field of the same name
 * @param defaults by input, as text, what is taken where the hash does not have it in time
 * @param budget how long a request waits for them
 */
public record FeatureSource(
        Origin from, String key, List<String> fields, Map<String, String> defaults, Duration budget) {
    /** How long a request waits where the slot does not say. */
    public static final Duration BUDGET = Duration.ofMillis(2);

    /** What keeps features. */
    public enum Origin {
        /** Redis, a hash under each key. */
        @JsonProperty("redis")
        REDIS
    }

    /** Copies the collections. */
    public FeatureSource {
        fields = List.copyOf(fields);
        defaults = Map.copyOf(defaults);
    }
}
