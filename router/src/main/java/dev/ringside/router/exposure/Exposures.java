package dev.ringside.router.exposure;

import dev.ringside.contract.id.PredictionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where predictions become events: it gives them their time, and has them in the spool before the answer goes out.
 * Safe for many threads.
 */
public final class Exposures {
    private final Writer writer;
    private final EventTimes times;
    private final Spool spool;
    private volatile Runnable recorded = () -> {};

    /** A prediction but for what the spool adds. */
    public interface Draft {
        /** The event of this writer, boot and sequence, as JSON. */
        byte[] of(PredictionId id, String router, long boot, long sequence);
    }

    public Exposures(Writer writer, EventTimes times, Spool spool) {
        this.writer = writer;
        this.times = times;
        this.spool = spool;
    }

    /**
     * Gives a prediction its time; marks wait for it until it is recorded and shipped, or closed.
     *
     * @param requested the time that the request names, if the clock is stepped
     * @throws dev.ringside.contract.InvalidInput if that time cannot be taken
     */
    public OpenEvent begin(@Nullable Instant requested) {
        return times.begin(requested);
    }

    /**
     * Checks whether a request may name a time.
     *
     * @throws dev.ringside.contract.InvalidInput if it does and the clock is the wall's
     */
    public void requireTakes(@Nullable Instant requested) {
        times.requireTakes(requested);
    }

    /** Whether units must not be enrolled, because their events may not fit the spool. */
    public boolean full() {
        return spool.full();
    }

    /**
     * Puts a prediction into the spool.
     *
     * @return whether it is there; if not, it must not be answered as part of an experiment
     */
    public boolean record(OpenEvent open, PredictionId id, Draft draft) {
        boolean spooled = spool.append(
                id.unitHash(), open.time(), sequence -> draft.of(id, writer.id(), writer.boot(), sequence));
        if (spooled) {
            open.recorded();
            recorded.run();
        }
        return spooled;
    }

    void onRecorded(Runnable action) {
        recorded = action;
    }

    Writer writer() {
        return writer;
    }

    EventTimes times() {
        return times;
    }

    Spool spool() {
        return spool;
    }
}
