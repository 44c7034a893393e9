package dev.ringside.serving.batching;

import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told. */
final class CountingMeter implements RunMeter {
    final List<BatchRun> runs = new ArrayList<>();
    final List<Long> queued = new ArrayList<>();
    int waiting;

    @Override
    public synchronized void waits() {
        waiting++;
    }

    @Override
    public synchronized void waited(boolean begun, long nanos) {
        waiting--;
        if (begun) {
            queued.add(nanos);
        }
    }

    @Override
    public synchronized void ran(BatchRun run) {
        runs.add(run);
    }
}
