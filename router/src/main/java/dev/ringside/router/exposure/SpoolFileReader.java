package dev.ringside.router.exposure;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the events of one segment in order, also while more are being appended. One thread's. */
final class SpoolFileReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final SpoolFile segment;
    private final RandomAccessFile file;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private long offset;

    SpoolFileReader(SpoolFile segment) throws IOException {
        this.segment = segment;
        this.file = new RandomAccessFile(segment.file().toFile(), "r");
    }

    SpoolFile segment() {
        return segment;
    }

    /** The offset behind the last whole event that was read. */
    long offset() {
        return offset;
    }

    /**
     * The next event; null at the limit.
     *
     * @param limit how far the file may be read
     * @throws Frames.NotWhole if no whole event lies between offset and limit
     */
    Shipment.@Nullable Event next(long limit) throws IOException {
        if (offset == 0) {
            readMagic(limit);
        }
        if (offset == limit) {
            return null;
        }
        require(Frames.HEADER, limit);
        int length = Frames.bodyLength(buffer, offset);
        require(Frames.HEADER + length, limit);
        Shipment.Event event = Frames.decode(segment, buffer, length, offset);
        offset += Frames.HEADER + length;
        return event;
    }

    private void readMagic(long limit) throws IOException {
        require(Frames.MAGIC.length, limit);
        byte[] magic = new byte[Frames.MAGIC.length];
        buffer.get(magic);
        if (!Arrays.equals(magic, Frames.MAGIC)) {
            throw new Frames.NotWhole("it does not begin as a file of a spool does", false);
        }
        offset = Frames.MAGIC.length;
    }

    /** Makes sure that so many bytes from the offset on are in the buffer. */
    private void require(int bytes, long limit) throws IOException {
        if (buffer.remaining() >= bytes) {
            return;
        }
        if (offset + bytes > limit) {
            throw new Frames.NotWhole("at byte " + offset + " it ends within an event", true);
        }
        int size = (int) Math.min(Math.max(bytes, BUFFER), limit - offset);
        if (buffer.capacity() < size) {
            buffer = ByteBuffer.allocate(size);
        }
        file.seek(offset);
        file.readFully(buffer.array(), 0, size);
        buffer.clear().limit(size);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
