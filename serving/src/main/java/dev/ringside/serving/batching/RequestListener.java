package dev.ringside.serving.batching;

/** Hears when a request that was taken is over. */
@FunctionalInterface
public interface RequestListener {
    /**
     * It neither waits nor runs any more: its memory may go. Called once for each request that was taken, after its answer
     * or long after it, where a run went on although nobody waited.
     */
    void left();
}
