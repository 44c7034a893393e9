package dev.ringside.serving.catalog;

import dev.ringside.contract.routing.FleetReport.LoadedVersion;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A version that is wanted: what serves under its name and what is about to. Written by the catalog's
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
        Load now = serving;
        return meter.counts(key, now == null ? 0 : now.served().mayWait());
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

    /** Where a load of it stands that was wanted. */
    Standing standing(Desired wanted) {
        Load next = incoming;
        Load now = serving;
        if (now != null && now.desired().equals(wanted)) {
            return new Standing.Serves();
        }
        if (next == null || !next.desired().equals(wanted)) {
            return new Standing.UnderWay("not begun yet");
        }
        VersionState state = next.state();
        return state instanceof VersionState.Failed || state instanceof VersionState.Overdue
                ? new Standing.Failed(state.words())
                : new Standing.UnderWay(state.words());
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
