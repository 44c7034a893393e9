package dev.ringside.benchmarks.serving;

import dev.ringside.serving.batching.BatchRun;
import dev.ringside.serving.batching.RunMeter;
import java.util.Arrays;

/** Counts runs and keeps how long requests waited for them. */
final class RunTotals implements RunMeter {
    private long runs;
    private long rows;
    private long[] waits = new long[1024];
    private int waited;

    @Override
    public void waits() {}

    @Override
    public synchronized void waited(boolean begun, long nanos) {
        if (waited == waits.length) {
            waits = Arrays.copyOf(waits, 2 * waited);
        }
        waits[waited++] = nanos;
    }

    @Override
    public synchronized void ran(BatchRun run) {
        runs++;
        rows += run.rows();
    }

    synchronized void reset() {
        runs = 0;
        rows = 0;
        waited = 0;
    }

    /** How many rows were run. */
    synchronized long rows() {
        return rows;
    }

    /** How many rows a run had, on average. */
    synchronized double batch() {
        return runs == 0 ? 0 : (double) rows / runs;
    }

    /**
     * A quantile of the waits, in milliseconds.
     *
     * @param share from 0 to 1
     */
    synchronized double waitMillis(double share) {
        long[] sorted = Arrays.copyOf(waits, waited);
        Arrays.sort(sorted);
        return waited == 0 ? 0 : sorted[(int) Math.min(waited - 1, share * waited)] / 1e6;
    }
}
