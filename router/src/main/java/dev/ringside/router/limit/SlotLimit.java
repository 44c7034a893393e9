package dev.ringside.router.limit;

import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.routing.RequestLimit;
import dev.ringside.contract.routing.SlotRoutes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The limit of a slot, ready to be asked for. Immutable. */
public final class SlotLimit {
    private static final String PREFIX = "ringside:limit:";
    private static final int DIGITS = 16;

    private final String slot;
    private final RequestLimit limit;
    private final String prefix;

    private SlotLimit(InstallKey installation, String slot, RequestLimit limit) {
        this.slot = slot;
        this.limit = limit;
        // Installations may share a store; their key is told to nobody.
        String whose = Digests.sha256(installation.toString().getBytes(StandardCharsets.US_ASCII));
        this.prefix = PREFIX + whose.substring(0, DIGITS) + ":" + slot + ":" + limit.requestsPerSecond() + "/"
                + limit.burst() + ":";
    }

    /** That of a slot; null if it takes any number of requests. */
    public static @Nullable SlotLimit of(InstallKey installation, SlotRoutes slot) {
        RequestLimit limit = slot.limits();
        return limit == null ? null : new SlotLimit(installation, slot.name(), limit);
    }

    /** The slot's name. */
    String slot() {
        return slot;
    }

    /** How long a request waits for the common count. */
    Duration budget() {
        return limit.budget();
    }

    /**
     * Whose bucket a request draws from.
     *
     * @param caller the name of the API key that it came with; null for none
     */
    Owner owner(@Nullable String caller) {
        return switch (limit.by()) {
            case SLOT -> new Owner.Everybody();
            case KEY -> caller == null ? new Owner.Unnamed() : new Owner.Key(caller);
        };
    }

    /** Whose a bucket is. */
    sealed interface Owner {
        /** All who ask the slot. */
        record Everybody() implements Owner {}

        /** One API key. */
        record Key(String name) implements Owner {}

        /** All who come without one. */
        record Unnamed() implements Owner {}
    }

    SharedBuckets.Bucket bucket(Owner owner) {
        String whose = switch (owner) {
            case Owner.Everybody _ -> "all";
            case Owner.Key(String name) -> "key:" + name;
            case Owner.Unnamed _ -> "unnamed";
        };
        return new SharedBuckets.Bucket(prefix + whose, limit.requestsPerSecond(), limit.burst());
    }

    /** What is said to one that is too many. */
    String refusal(Owner owner, Duration wait) {
        String whose = switch (owner) {
            case Owner.Everybody _ -> "of all callers together";
            case Owner.Key(String name) -> "of each API key, and '" + name + "' has sent more";
            case Owner.Unnamed _ -> "of all callers without an API key together";
        };
        return "slot '" + slot + "' takes " + limit.requestsPerSecond() + " requests a second " + whose
                + " (limits.requests_per_second, with a burst of " + limit.burst() + "): send it again in "
                + Math.max(1, wait.toMillis()) + " ms, send fewer at once, or have the slot's limits raised";
    }
}
