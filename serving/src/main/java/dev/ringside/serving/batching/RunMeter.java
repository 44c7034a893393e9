package dev.ringside.serving.batching;

/** Counts waits and runs. Called by any thread; must not block. */
public interface RunMeter {
    /** One more request waits for a run. */
    void waits();

    /**
     * A request waits no more.
     *
     * @param begun whether its run begins; it may have been given up
     * @param nanos how long it waited
     */
    void waited(boolean begun, long nanos);

    /** A run has ended that gave outputs. */
    void ran(BatchRun run);
}
