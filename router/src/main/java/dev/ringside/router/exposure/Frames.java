package dev.ringside.router.exposure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * How events lie in a segment: eight bytes {@code RINGSPL1}, then for each event the length of its body (4 bytes), the
 * CRC-32C of the body (4), and the body: unit hash (8), time as seconds (8) and nanoseconds (4), the event as JSON.
 * Integers are big-endian.
 */
final class Frames {
    static final byte[] MAGIC = "RINGSPL1".getBytes(StandardCharsets.US_ASCII);
    static final int HEADER = 2 * Integer.BYTES;
    private static final int PREFIX = Long.BYTES + Long.BYTES + Integer.BYTES;
    private static final int LARGEST = 16 << 20;

    private Frames() {}

    /** What lies at an offset is no whole event: the tail of a write that a crash cut off, or damage. */
    static final class NotWhole extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean tail;

        NotWhole(String message, boolean tail) {
            super(message);
            this.tail = tail;
        }

        /** Whether the file just ends too early, and is not damaged. */
        boolean isTail() {
            return tail;
        }
    }

    static byte[] encode(long unitHash, Instant time, byte[] event) {
        ByteBuffer frame = ByteBuffer.allocate(HEADER + PREFIX + event.length);
        frame.position(HEADER);
        frame.putLong(unitHash)
                .putLong(time.getEpochSecond())
                .putInt(time.getNano())
                .put(event);
        int length = PREFIX + event.length;
        frame.putInt(0, length).putInt(Integer.BYTES, crc(frame.slice(HEADER, length)));
        return frame.array();
    }

    /** The length of the body that a header announces. */
    static int bodyLength(ByteBuffer header, long offset) throws NotWhole {
        int length = header.getInt(header.position());
        if (length < PREFIX || length > LARGEST) {
            throw new NotWhole("at byte " + offset + " an event is said to be " + length + " bytes long", false);
        }
        return length;
    }

    /** Reads the frame that the buffer stands at and moves past it. */
    static Shipment.Event decode(SpoolFile segment, ByteBuffer buffer, int length, long offset) throws NotWhole {
        int expected = buffer.getInt(buffer.position() + Integer.BYTES);
        int body = buffer.position() + HEADER;
        if (crc(buffer.slice(body, length)) != expected) {
            throw new NotWhole("at byte " + offset + " an event does not have its checksum", false);
        }
        buffer.position(body);
        long unitHash = buffer.getLong();
        Instant time = Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
        byte[] event = new byte[length - PREFIX];
        buffer.get(event);
        return new Shipment.Event(segment, unitHash, time, event);
    }

    private static int crc(ByteBuffer body) {
        var crc = new CRC32C();
        crc.update(body);
        return (int) crc.getValue();
    }
}
