package dev.ringside.app.http;

import dev.ringside.contract.inference.InferenceFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that waits for its answer, unless it hangs up. Then the thread that works for it is interrupted, while it works
 * and never afterwards.
 */
public final class WaitingClient {
    private @Nullable Thread worker;
    private boolean gone;

    /** It has hung up. Called by any thread. */
    public synchronized void hasGone() {
        gone = true;
        if (worker != null) {
            worker.interrupt();
        }
    }

    /**
     * Works for it on this thread.
     *
     * @throws InferenceFailure what the work throws, {@code DEADLINE} if nobody waits for it any more
     */
    public <T> T answer(Supplier<T> work) {
        begin();
        try {
            return work.get();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        if (gone) {
            throw new InferenceFailure(InferenceFailure.Cause.DEADLINE, "nobody waits for the answer any more");
        }
        worker = Thread.currentThread();
    }

    private synchronized void end() {
        worker = null;
        if (gone) {
            var _ = Thread.interrupted();
        }
    }
}
