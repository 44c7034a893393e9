package dev.ringside.contract.routing;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ringside.contract.InvalidInput;
import java.time.Duration;

/**
 * How many requests a slot takes, counted by all routers together: a bucket of tokens, of which each request takes one and
 * which fills up again all the time.
 *
 * @param requestsPerSecond how many tokens come back in a second
 * @param burst how many the bucket holds: so many requests may come at once after a quiet time
 * @param by whose requests share a bucket
 * @param budget how long a request waits until the routers' common count is known; after that its router counts by itself
 */
public record RequestLimit(int requestsPerSecond, int burst, By by, Duration budget) {
    /** How long a request waits where the slot does not say. */
    public static final Duration BUDGET = Duration.ofMillis(5);

    /** The greatest rate, and the greatest burst. */
    public static final int MOST = 1_000_000;

    /** Whose requests share a bucket. */
    public enum By {
        /** Each API key has one of its own; requests without a key share another. */
        @JsonProperty("key")
        KEY,
        /** All requests to the slot share one. */
        @JsonProperty("slot")
        SLOT
    }

    /** Checks the numbers. */
    public RequestLimit {
        between("requests_per_second", requestsPerSecond);
        between("burst", burst);
    }

    private static void between(String field, int value) {
        InvalidInput.require(
                value >= 1 && value <= MOST, field, "expected a whole number from 1 to " + MOST + ", found " + value);
    }
}
