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
 * @param breakGlassChanges how a router came to force that: its last changes, the oldest first; null from other
 *     processes
 * @param counters counts since its start, such as {@code fallbacks}
 * @param stopped it has stopped in order
 * @param standstills what it does not read any more, and why; null from a release that did not say
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
        @Nullable List<BreakGlassChange> breakGlassChanges,
        Map<String, Long> counters,
        boolean stopped,
        @Nullable List<Standstill> standstills) {
    /** Begins the name of an ingest's counter of the outcomes with the name that follows. */
    public static final String OUTCOMES_NAMED = "outcomes_named/";

    /** Copies the collections. */
    public FleetReport {
        versions = List.copyOf(versions);
        breakGlass = List.copyOf(breakGlass);
        breakGlassChanges = breakGlassChanges == null ? null : List.copyOf(breakGlassChanges);
        counters = Map.copyOf(counters);
        standstills = standstills == null ? null : List.copyOf(standstills);
    }

    /** A report that says nothing of break-glass changes, nor of standstills. */
    public FleetReport(
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
        this(id, role, boot, at, routingVersion, clock, versions, spool, breakGlass, null, counters, stopped, null);
    }

    /** The same report as the last word of its process, which has nothing to read any more. */
    public FleetReport asStopped() {
        return with(true, List.of());
    }

    /** The same report with what its process does not read any more. */
    public FleetReport with(List<Standstill> standing) {
        return with(stopped, standing);
    }

    private FleetReport with(boolean hasStopped, List<Standstill> standing) {
        return new FleetReport(
                id,
                role,
                boot,
                at,
                routingVersion,
                clock,
                versions,
                spool,
                breakGlass,
                breakGlassChanges,
                counters,
                hasStopped,
                standing);
    }

    /**
     * A topic, or a partition of it, of which a process reads nothing more.
     *
     * @param topic which
     * @param partition which; null for all of them
     * @param offset of the record that cannot be taken; null where it is none's fault
     * @param reason why, in words
     * @param since since when, wall clock
     */
    public record Standstill(
            String topic,
            @Nullable Integer partition,
            @Nullable Long offset,
            String reason,
            Instant since) {}

    /**
     * What a person changed at a router by break-glass.
     *
     * @param at when, wall clock; each change of a router has a later one than the change before, also across its starts
     * @param place {@code slot/segment}
     * @param forced whether it is forced to the champion from then on, or let go of
     * @param by who, if they said
     * @param why in their own words, if they said
     */
    public record BreakGlassChange(
            Instant at,
            String place,
            boolean forced,
            @Nullable String by,
            @Nullable String why) {}

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
