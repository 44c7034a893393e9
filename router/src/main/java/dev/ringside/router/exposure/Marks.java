package dev.ringside.router.exposure;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.json.Json;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The promises of a writer, as records: one in each partition at the start of a boot, one each second of the wall's
 * clock, one at once when all events before a step of a stepped clock are acknowledged, and a last one at an orderly
 * stop. One thread's, but for {@link #marked}.
 */
final class Marks {
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final Writer writer;
    private final EventTimes times;
    private final Lanes lanes;
    private long next;
    private volatile @Nullable Instant marked;

    Marks(Writer writer, EventTimes times, Lanes lanes) {
        this.writer = writer;
        this.times = times;
        this.lanes = lanes;
    }

    /** The first record of this boot in each partition. */
    void open(long now) {
        next = now + INTERVAL;
        markAll(false);
    }

    /** Marks what is due. */
    void refresh(long now) {
        Instant through = times.promise();
        boolean second = now - next >= 0;
        boolean stepDone = times.isStepped() && through != null && through.equals(times.tick());
        if (second || stepDone) {
            Shipment.Marking mark = null;
            for (Lane lane : lanes.all()) {
                boolean due = second || !through(lane.offered(), through);
                if (due && !lane.isMarking()) {
                    mark = mark == null ? mark(through, false) : mark;
                    lane.offer(mark);
                }
            }
        }
        if (second) {
            next = now + INTERVAL;
        }
    }

    /** The last record of this boot in each partition. */
    void close() {
        markAll(true);
    }

    /** How long until the next second's mark. */
    long pause(long now) {
        return Math.max(next - now, 0);
    }

    /** A mark was acknowledged somewhere. */
    void acknowledged() {
        Instant least = null;
        for (Lane lane : lanes.all()) {
            Instant here = lane.marked();
            if (here == null) {
                return;
            }
            least = least == null || here.isBefore(least) ? here : least;
        }
        marked = least;
    }

    /** The time through which every partition has this writer's mark; null for none. */
    @Nullable
    Instant marked() {
        return marked;
    }

    private void markAll(boolean closed) {
        Shipment.Marking mark = mark(times.promise(), closed);
        lanes.all().forEach(lane -> lane.offer(mark));
    }

    private Shipment.Marking mark(@Nullable Instant through, boolean closed) {
        return new Shipment.Marking(
                through,
                Json.bytes(new Mark(writer.id(), Mark.Role.ROUTER, writer.boot(), through, times.isStepped(), closed)));
    }

    private static boolean through(@Nullable Instant offered, @Nullable Instant through) {
        return offered != null && offered.equals(through);
    }
}
