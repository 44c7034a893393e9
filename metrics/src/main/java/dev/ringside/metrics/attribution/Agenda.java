package dev.ringside.metrics.attribution;

import dev.ringside.metrics.attribution.AttributionState.Entry;
import dev.ringside.metrics.attribution.AttributionState.Table;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What is to be done when the horizon moves: units and sums that fall due by then, and sums that changed. */
final class Agenda {
    private static final byte UNIT = 1;
    private static final byte CLOSING = 2;
    private static final byte CHANGED = 3;
    private static final byte COMPLETING = 4;
    private static final byte[] NO_VALUE = {};
    private static final int BATCH = 4096;
    private static final int TIMED = 1 + Long.BYTES;

    private final Table table;

    Agenda(Table table) {
        this.table = table;
    }

    /** Has a unit looked at when the horizon gets there. Earlier entries of it stay and find nothing to do. */
    void unit(long due, long hash) {
        table.put(timed(UNIT, due).fixed(hash).toBytes(), NO_VALUE);
    }

    /** Has a cell or an arm closed when the horizon gets there. */
    void closing(long due, byte[] sumKey) {
        table.put(append(timed(CLOSING, due).toBytes(), sumKey), NO_VALUE);
    }

    /** Has an arm's exposures completed when the horizon gets there. */
    void completing(long due, byte[] sumKey) {
        table.put(append(timed(COMPLETING, due).toBytes(), sumKey), NO_VALUE);
    }

    /** Has a cell or an arm sent with the next snapshot. */
    void changed(byte[] sumKey) {
        table.put(append(new byte[] {CHANGED}, sumKey), NO_VALUE);
    }

    /** Takes off all units that are due, in order of time; whoever is handed one may schedule it anew. */
    void takeUnits(long horizon, BiConsumer<Long, Long> dueAndHash) {
        take(UNIT, timed(UNIT, horizon + 1).toBytes(), key -> {
            var in = new PackedReader(key, 1);
            dueAndHash.accept(in.sortable(), in.fixed());
        });
    }

    /** Takes off all cells and arms that close, in order of time. */
    void takeClosing(long horizon, Consumer<byte[]> sumKey) {
        take(
                CLOSING,
                timed(CLOSING, horizon + 1).toBytes(),
                key -> sumKey.accept(Arrays.copyOfRange(key, TIMED, key.length)));
    }

    /** Takes off all arms whose exposures are complete, in order of time. */
    void takeCompleting(long horizon, Consumer<byte[]> sumKey) {
        take(
                COMPLETING,
                timed(COMPLETING, horizon + 1).toBytes(),
                key -> sumKey.accept(Arrays.copyOfRange(key, TIMED, key.length)));
    }

    /** Takes off all cells and arms that changed. */
    void takeChanged(Consumer<byte[]> sumKey) {
        take(CHANGED, new byte[] {CHANGED + 1}, key -> sumKey.accept(Arrays.copyOfRange(key, 1, key.length)));
    }

    private void take(byte kind, byte[] end, Consumer<byte[]> action) {
        List<Entry> batch;
        do {
            batch = table.range(new byte[] {kind}, end, BATCH);
            for (Entry entry : batch) {
                table.delete(entry.key());
                action.accept(entry.key());
            }
        } while (!batch.isEmpty());
    }

    private static PackedWriter timed(byte kind, long time) {
        return new PackedWriter().put(kind).sortable(time);
    }

    private static byte[] append(byte[] head, byte[] tail) {
        byte[] whole = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, whole, head.length, tail.length);
        return whole;
    }
}
