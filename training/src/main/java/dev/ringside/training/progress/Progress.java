package dev.ringside.training.progress;

import dev.ringside.training.learning.EpochListener;
import java.io.PrintWriter;

/** Someone who watches a training. */
public interface Progress extends EpochListener, AutoCloseable {
    /** Something begins that takes a while. */
    void stage(String words);

    @Override
    void close();

    /** A bar on a terminal, plain lines elsewhere. */
    static Progress of(boolean terminal, PrintWriter lines) {
        return terminal ? new BarProgress() : new LineProgress(lines, System::nanoTime);
    }
}
