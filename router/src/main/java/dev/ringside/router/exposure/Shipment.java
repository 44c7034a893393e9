package dev.ringside.router.exposure;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A record on its way to a partition of the log. */
sealed interface Shipment {
    /** The record's key. */
    byte @Nullable [] key();

    /** The record's value. */
    byte[] value();

    /** A prediction event, as it lies in the spool. */
    final class Event implements Shipment {
        private final SpoolFile segment;
        private final long unitHash;
        private final Instant time;
        private final byte[] value;

        Event(SpoolFile segment, long unitHash, Instant time, byte[] value) {
            this.segment = segment;
            this.unitHash = unitHash;
            this.time = time;
            this.value = value;
        }

        /** The segment that it lies in. */
        SpoolFile segment() {
            return segment;
        }

        /** The keyed hash of its unit, which chooses its partition. */
        long unitHash() {
            return unitHash;
        }

        /** Its time. */
        Instant time() {
            return time;
        }

        @Override
        public byte[] key() {
            return ByteBuffer.allocate(Long.BYTES).putLong(unitHash).array();
        }

        @Override
        public byte[] value() {
            return value;
        }
    }

    /** A mark. */
    final class Marking implements Shipment {
        private final @Nullable Instant through;
        private final byte[] value;

        Marking(@Nullable Instant through, byte[] value) {
            this.through = through;
            this.value = value;
        }

        /** What it promises. */
        @Nullable
        Instant through() {
            return through;
        }

        @Override
        public byte @Nullable [] key() {
            return null;
        }

        @Override
        public byte[] value() {
            return value;
        }
    }
}
