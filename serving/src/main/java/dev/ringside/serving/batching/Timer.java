package dev.ringside.serving.batching;

/** What wakes a batcher. */
public interface Timer {
    /** A wake-up that is due. */
    interface Alarm {
        /** It need not come any more. */
        void cancel();
    }

    /**
     * Runs something later, not on the calling thread.
     *
     * @param nanos how much later; 0 or less for as soon as can be
     */
    Alarm in(long nanos, Runnable wake);
}
