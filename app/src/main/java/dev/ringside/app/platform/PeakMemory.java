package dev.ringside.app.platform;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** The greatest resident memory of a process tree, sampled every second while this is open. */
public final class PeakMemory implements AutoCloseable {
    private static final long MILLIS_BETWEEN_SAMPLES = 1000;

    private final ProcessTree tree;
    private final AtomicLong peak = new AtomicLong();
    private final Thread sampler;

    private PeakMemory(ProcessTree tree) {
        this.tree = tree;
        this.sampler = Thread.ofPlatform().name("peak-memory").daemon().unstarted(this::sample);
    }

    /** Begins sampling. */
    public static PeakMemory of(ProcessTree tree) {
        var memory = new PeakMemory(tree);
        memory.sampler.start();
        return memory;
    }

    /** The greatest sum until now, in bytes. */
    public long bytes() {
        return peak.get();
    }

    private void sample() {
        try {
            while (true) {
                peak.accumulateAndGet(tree.residentBytes(), Math::max);
                Thread.sleep(MILLIS_BETWEEN_SAMPLES);
            }
        } catch (InterruptedException e) {
            // closed
        } catch (IOException e) {
            System.getLogger(PeakMemory.class.getName())
                    .log(System.Logger.Level.WARNING, "memory is not measured any more", e);
        }
    }

    @Override
    public void close() {
        sampler.interrupt();
    }
}
