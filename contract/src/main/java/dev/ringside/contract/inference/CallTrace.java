package dev.ringside.contract.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows one call through a model server, for whoever traces it. Moments are nanoseconds of the server's clock that only
 * goes forward. Called by any thread; must not block.
 */
public interface CallTrace {
    /** Which version is to answer, before it waits. */
    void named(String model, String version);

    /**
     * It waits no more.
     *
     * @param from when it began to wait
     * @param until when it was taken from the queue
     * @param begun whether its run begins; it may have been given up
     */
    void waited(long from, long until, boolean begun);

    /** Its run begins on this thread, which closes what is returned when it ends: who is asked meanwhile joins its trace. */
    Current enter();

    /** While a call is that of a thread. */
    interface Current extends AutoCloseable {
        /** That of no call. */
        Current NONE = () -> {};

        @Override
        void close();
    }

    /**
     * A run that it took part in has ended.
     *
     * @param rows its own
     */
    void ran(long rows, Run run);

    /**
     * A run of one call or of several that were joined.
     *
     * @param began before the inputs were laid where the model reads them
     * @param ended after the outputs were taken, or when it failed
     * @param rows of all that took part
     * @param requests how many took part, traced or not
     * @param traced those of them that are traced, the same list for each
     * @param failure why it gave no outputs; null if it did
     */
    record Run(
            long began,
            long ended,
            long rows,
            int requests,
            List<CallTrace> traced,
            @Nullable Throwable failure) {
        /** Copies the list. */
        public Run {
            traced = List.copyOf(traced);
        }
    }
}
