package dev.ringside.router.exposure;

import dev.ringside.contract.id.InstallKey;
import java.io.IOException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from the spool to the log, and marks. First what earlier boots left, all of it acknowledged before this
 * boot's first mark; then this boot's events in their order; at the end, once no event is open, the closing marks.
 *
 * <p>It never waits: {@link #step} does what can be done and says for how long nothing will be. One thread's, but for
 * {@link #close}.
 */
final class Shipping implements AutoCloseable {
    /** How many records may be on their way: bounds the memory while the log is away. */
    static final int WINDOW = 4096;

    private final Spool spool;
    private final EventTimes times;
    private final IntSupplier partitions;
    private final Lanes lanes;
    private final Marks marks;
    private Phase phase = Phase.EARLIER_BOOTS;
    private @Nullable SpoolFileReader reader;
    private volatile boolean stopping;

    private enum Phase {
        EARLIER_BOOTS,
        THIS_BOOT,
        CLOSING,
        CLOSED
    }

    /** @param partitions of the log; 0 while that is not known */
    Shipping(Spool spool, EventTimes times, IntSupplier partitions, Lanes lanes, Marks marks) {
        this.spool = spool;
        this.times = times;
        this.partitions = partitions;
        this.lanes = lanes;
        this.marks = marks;
    }

    /**
     * Does what can be done now.
     *
     * @param now in nanoseconds, of a clock that only goes forward
     * @return for how many nanoseconds there is nothing to do, unless it is woken
     */
    long step(long now) throws IOException {
        if (!lanes.isOpen()) {
            lanes.open(partitions.getAsInt());
            if (!lanes.isOpen()) {
                phase = stopping ? Phase.CLOSED : phase;
                return Long.MAX_VALUE;
            }
        }
        lanes.settle(now, this::acknowledged);
        ship();
        if (phase == Phase.EARLIER_BOOTS && lanes.size() == 0 && !hasEarlier()) {
            phase = Phase.THIS_BOOT;
            marks.open(now);
            ship();
        }
        if (phase == Phase.THIS_BOOT && stopping && lanes.size() == 0 && times.isIdle()) {
            phase = Phase.CLOSING;
            marks.close();
        } else if (phase == Phase.THIS_BOOT) {
            marks.refresh(now);
        }
        if (phase == Phase.CLOSING && lanes.size() == 0) {
            phase = Phase.CLOSED;
        }
        return Math.min(lanes.pause(now), phase == Phase.THIS_BOOT ? marks.pause(now) : Long.MAX_VALUE);
    }

    /** From now on no event begins: see those that are open to their end, then say that it was all. */
    void stop() {
        times.stop();
        stopping = true;
    }

    /** Everything is in the log, the closing marks too. */
    boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    @Override
    public void close() throws IOException {
        SpoolFileReader last = reader;
        if (last != null) {
            last.close();
        }
    }

    private void ship() throws IOException {
        if (phase == Phase.CLOSING || phase == Phase.CLOSED) {
            return;
        }
        int room = WINDOW - lanes.size();
        while (room > 0) {
            Shipment.Event event = next();
            if (event == null) {
                return;
            }
            lanes.get(InstallKey.partition(event.unitHash(), lanes.all().size()))
                    .offer(event);
            room--;
        }
    }

    private Shipment.@Nullable Event next() throws IOException {
        while (true) {
            SpoolFileReader current = reader;
            if (current != null) {
                Spool.Extent extent = spool.extent(current.segment());
                Shipment.Event event = current.next(extent.bytes());
                if (event != null || !extent.complete()) {
                    return event;
                }
            }
            SpoolFile following = spool.after(current == null ? null : current.segment());
            if (following == null || (phase == Phase.EARLIER_BOOTS && !spool.isEarlier(following))) {
                return null;
            }
            if (current != null) {
                current.close();
            }
            reader = new SpoolFileReader(following);
        }
    }

    private boolean hasEarlier() {
        SpoolFile following = spool.after(reader == null ? null : reader.segment());
        return following != null && spool.isEarlier(following);
    }

    private void acknowledged(Shipment shipment) {
        switch (shipment) {
            case Shipment.Event event -> {
                boolean thisBoot = !spool.isEarlier(event.segment());
                spool.acknowledged(event.segment());
                if (thisBoot) {
                    times.finished(event.time());
                }
            }
            case Shipment.Marking mark -> marks.acknowledged();
        }
    }
}
