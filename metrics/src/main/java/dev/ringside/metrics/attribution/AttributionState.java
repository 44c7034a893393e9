package dev.ringside.metrics.attribution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one partition's attribution keeps all that it knows. Whoever implements it owes that every write before a commit
 * is there after it, and none of a commit that failed: then nothing that a snapshot needs lives only in memory.
 */
public interface AttributionState {
    /** By unit hash: what is known of the unit, its outcomes that are not final among it. The large one. */
    Table units();

    /** What falls due when, by time: units to settle, cells and arms to close; and what changed since the snapshot. */
    Table agenda();

    /** Cells, arms, writers, their sequences, totals. */
    Table sums();

    /** Keys to values, in the unsigned order of the keys' bytes. */
    interface Table {
        /** The value, or null. */
        byte @Nullable [] get(byte[] key);

        /** Sets a value. */
        void put(byte[] key, byte[] value);

        /** Removes a value, if it is there. */
        void delete(byte[] key);

        /** The first entries from a key, inclusive, to another, exclusive; at most {@code limit}. */
        List<Entry> range(byte[] from, byte[] to, int limit);
    }

    /** A key and its value; neither may be changed. */
    final class Entry {
        private final byte[] key;
        private final byte[] value;

        /** Pairs them. */
        public Entry(byte[] key, byte[] value) {
            this.key = key;
            this.value = value;
        }

        byte[] key() {
            return key;
        }

        byte[] value() {
            return value;
        }
    }
}
