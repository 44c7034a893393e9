package dev.ringside.serving.catalog;

import dev.ringside.contract.routing.FleetReport.LoadedVersion;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A version that the routing table names: what serves under its name and what is about to. Written by the catalog's
 * thread, read by every request.
 */
final class Version {
    private final Desired.Key key;
    private final VersionMeter meter;
    private volatile @Nullable Load serving;
    private volatile @Nullable Load incoming;

    Version(Desired.Key key, LongSupplier ticker) {
        this.key = key;
        this.meter = new VersionMeter(ticker);
    }

    /** What it is asked, whichever file answers. */
    VersionMeter meter() {
        return meter;
    }

    VersionCounts counts() {
        return meter.counts(key);
    }

    /** What answers. */
    @Nullable
    Load serving() {
        return serving;
    }

    void serving(@Nullable Load load) {
        serving = load;
    }

    /** What takes its place once it is ready. */
    @Nullable
    Load incoming() {
        return incoming;
    }

    void incoming(@Nullable Load load) {
        incoming = load;
    }

    /** Whether it will not get any further by itself soon: it serves, or it has failed at least once. */
    boolean settled() {
        Load next = incoming;
        return serving != null
                || (next != null
                        && (next.state() instanceof VersionState.Failed
                                || next.state() instanceof VersionState.Overdue
                                || next.state() instanceof VersionState.Waiting));
    }

    /** Why it does not answer. */
    String notReady() {
        Load next = incoming;
        return next == null ? "being closed" : next.state().words();
    }

    LoadedVersion report() {
        Load next = incoming;
        boolean ready = serving != null;
        String reason = null;
        if (!ready) {
            reason = notReady();
        } else if (next != null) {
            reason = "the file before it serves, the new one: " + next.state().words();
        }
        return new LoadedVersion(key.slot(), key.version(), ready, reason);
    }
}
