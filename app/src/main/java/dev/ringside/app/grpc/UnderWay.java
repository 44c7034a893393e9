package dev.ringside.app.grpc;

import java.util.concurrent.atomic.AtomicInteger;

/** How many questions are being answered now. A stream that waits for its client's next one is none. */
final class UnderWay {
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean stopping;

    /** Begins one, which is closed when it is answered. */
    One begin() {
        count.incrementAndGet();
        return new One();
    }

    /** How many there are. */
    int count() {
        return count.get();
    }

    /** Says that no more are taken. */
    void stop() {
        stopping = true;
    }

    /** Whether no more are taken. */
    boolean isStopping() {
        return stopping;
    }

    /** A question that is being answered. */
    final class One implements AutoCloseable {
        @Override
        public void close() {
            count.decrementAndGet();
        }
    }
}
