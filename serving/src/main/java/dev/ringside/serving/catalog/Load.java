package dev.ringside.serving.catalog;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One version on its way into service and out again. The catalog's thread moves it; others may read its state and, once
 * it is published, what it serves.
 */
final class Load {
    private final Desired desired;
    private volatile VersionState state = new VersionState.Fetching(1);
    private @Nullable ServedVersion served;
    private @Nullable Fetch fetch;
    private long retryAt;

    Load(Desired desired) {
        this.desired = desired;
    }

    Desired desired() {
        return desired;
    }

    VersionState state() {
        return state;
    }

    void enter(VersionState next) {
        state = next;
    }

    /** The attempt under way, in state Fetching. */
    @Nullable
    Fetch fetch() {
        return fetch;
    }

    void fetch(@Nullable Fetch attempt) {
        fetch = attempt;
    }

    /** When to try again, in state Waiting. */
    long retryAt() {
        return retryAt;
    }

    void retryAt(long nanos) {
        retryAt = nanos;
    }

    /** What answers, in states Serving and Draining. */
    ServedVersion served() {
        return Objects.requireNonNull(served, "not in service");
    }

    void served(ServedVersion version) {
        served = version;
    }
}
