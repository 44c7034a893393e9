package dev.ringside.engine.onnx;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Memory outside the heap that is kept from use to use and grows with what is asked for. Owned by one thread at a time. */
final class KeptMemory implements AutoCloseable {
    private static final int LEAST = 256;

    /** One request with very many rows must not hold memory for ever. */
    private static final int MOST_KEPT = 16 << 20;

    private @Nullable Arena arena;
    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

    /** So many bytes of it, from its beginning; what was there before is not kept. */
    @SuppressWarnings("MustBeClosedChecker") // closed by close(), and where another takes its place
    ByteBuffer of(int size) {
        if (arena == null || bytes.capacity() < size) {
            close();
            // Whoever closes it may be another thread than the one that used it last.
            Arena next = Arena.ofShared();
            arena = next;
            int room = size > MOST_KEPT ? size : Math.clamp(size + size / 2, LEAST, MOST_KEPT);
            bytes = next.allocate(room, Long.BYTES).asByteBuffer();
        }
        return bytes.slice(0, size).order(ByteOrder.nativeOrder());
    }

    /** Frees it if it is larger than what is kept; nothing of it is in use. */
    void trim() {
        if (bytes.capacity() > MOST_KEPT) {
            close();
        }
    }

    @Override
    public void close() {
        if (arena != null) {
            arena.close();
            arena = null;
        }
    }
}
