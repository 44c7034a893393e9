package dev.ringside.contract.routing;

import java.time.Duration;

/**
 * That a version's answer is kept, and given again to whoever asks the same. Who is assigned to what, and what is logged,
 * stays as it is: only the model is spared.
 *
 * @param ttl how long an answer may be given again
 * @param budget how long a request waits for one that is kept; after that the model is asked
 */
public record AnswerReuse(Duration ttl, Duration budget) {
    /** How long a request waits where the slot does not say. */
    public static final Duration BUDGET = Duration.ofMillis(2);
}
