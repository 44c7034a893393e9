package dev.ringside.contract;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The closing of several things, one after the other: what one of them throws keeps none of the others open, and comes
 * out at the end with all that the others threw. One thread uses it.
 */
public final class Closing {
    private @Nullable Exception failure;

    /** A step of a closing. */
    @FunctionalInterface
    public interface Step {
        /** Does it. */
        void run() throws Exception;
    }

    /** Closes a thing; null is closed already. */
    public void close(@Nullable AutoCloseable thing) {
        if (thing != null) {
            run(thing::close);
        }
    }

    /** Does a step. */
    public void run(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            if (failure == null) {
                failure = e;
            } else {
                failure.addSuppressed(e);
            }
        }
    }

    /**
     * Throws what the steps threw, the first with the others attached.
     *
     * @param what was closed, in words
     * @throws IOException if the first was none that needs no declaration
     */
    public void end(String what) throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw new IOException(what + " did not close in order: " + e, e);
        }
    }
}
