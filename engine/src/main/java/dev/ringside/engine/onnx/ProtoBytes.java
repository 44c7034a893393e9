package dev.ringside.engine.onnx;

import dev.ringside.engine.ModelFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of protocol buffers, read from place to place: what is passed over is not read at all. */
final class ProtoBytes implements AutoCloseable {
    private static final int WINDOW = 16_384;
    private static final int LONGEST_TEXT = 4_096;
    private static final int LONGEST_NUMBER = 10;

    private final FileChannel file;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
    private long windowEnd;

    ProtoBytes(Path path) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.READ);
        this.size = file.size();
    }

    long size() {
        return size;
    }

    /** Where the next byte is. */
    long position() {
        return windowEnd - window.remaining();
    }

    void seek(long position) {
        long start = windowEnd - window.limit();
        if (position >= start && position <= windowEnd) {
            window.position((int) (position - start));
        } else {
            window.limit(0);
            windowEnd = position;
        }
    }

    /** The next number of variable length. */
    long number() throws IOException, ModelFailure {
        long value = 0;
        for (int i = 0; i < LONGEST_NUMBER; i++) {
            byte next = next();
            value |= (next & 0x7FL) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new ModelFailure("the file is no ONNX file: at byte " + position() + " a number does not end");
    }

    /** The next bytes as a text. */
    String text(long length) throws IOException, ModelFailure {
        if (length > LONGEST_TEXT) {
            throw new ModelFailure("a name in the file has " + length + " bytes, expected at most " + LONGEST_TEXT);
        }
        byte[] bytes = new byte[(int) length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = next();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte next() throws IOException, ModelFailure {
        if (!window.hasRemaining()) {
            long at = windowEnd;
            window.clear();
            int read = file.read(window, at);
            window.flip();
            if (read <= 0) {
                window.limit(0);
                throw new ModelFailure("the file ends in the middle, after " + size + " bytes");
            }
            windowEnd = at + read;
        }
        return window.get();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
