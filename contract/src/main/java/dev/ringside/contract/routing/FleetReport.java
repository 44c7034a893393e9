package dev.ringside.contract.routing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a process says of itself: each second and at each change, to the compacted topic {@code fleet} under its id.
 *
 * @param id kept on the process's disk, such as {@code router-3f2a}
 * @param role {@code router}, {@code serving}, {@code ingest} or {@code metrics}
 * @param boot which start of it, counting up
 * @param at when, wall clock
 * @param routingVersion the routing table that it acts on; 0 for none
 * @param clock the replay clock that it has marked, if it follows one
 * @param versions what it has loaded, for a server
 * @param spool the state of a router's spool
 * @param breakGlass what is forced to the champion at this router, as {@code slot/segment}; {@code *} for all
 * @param counters counts since its start, such as {@code fallbacks}
 * @param stopped it has stopped in order
 */
public record FleetReport(
        String id,
        String role,
        long boot,
        Instant at,
        long routingVersion,
        @Nullable Instant clock,
        List<LoadedVersion> versions,
        @Nullable Spool spool,
        List<String> breakGlass,
        Map<String, Long> counters,
        boolean stopped) {
    /** Copies the collections. */
    public FleetReport {
        versions = List.copyOf(versions);
        breakGlass = List.copyOf(breakGlass);
        counters = Map.copyOf(counters);
    }

    /**
     * A version at a server.
     *
     * @param slot the slot
     * @param version the version
     * @param ready whether it answers
     * @param reason why not
     */
    public record LoadedVersion(
            String slot,
            String version,
            boolean ready,
            @Nullable String reason) {}

    /**
     * A router's spool.
     *
     * @param pending events that Kafka has not acknowledged
     * @param bytes that they take
     * @param full it takes no more: units get the champion, no experiment
     */
    public record Spool(long pending, long bytes, boolean full) {}
}
