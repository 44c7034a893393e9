package dev.ringside.training.distributed;

import dev.ringside.training.learning.Checkpoints;
import dev.ringside.training.network.Parallelism;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who fits the model of one training. What stands around a fitting, only the process that leads does. */
public final class Division implements AutoCloseable {
    private final Parallelism parallelism;
    private final @Nullable Meeting meeting;
    private boolean begun;

    private Division(Parallelism parallelism, @Nullable Meeting meeting) {
        this.parallelism = parallelism;
        this.meeting = meeting;
    }

    /** This process alone. */
    public static Division none() {
        return new Division(new Parallelism.None(), null);
    }

    /** Several devices of this process. */
    public static Division among(List<String> devices) {
        return new Division(new Parallelism.Devices(devices), null);
    }

    /** What each of several processes has. */
    public enum Share {
        /** The whole network, and some of the rows. */
        DATA,
        /** Some layers, and all rows. */
        PIPELINE
    }

    /** Several processes, which have met. They part when this is closed. */
    public static Division of(Meeting meeting, Share share) {
        return new Division(
                switch (share) {
                    case DATA -> new Parallelism.Data(meeting.ranks());
                    case PIPELINE -> new Parallelism.Pipeline(meeting.ranks());
                },
                meeting);
    }

    /** How the work of a fitting is divided. */
    public Parallelism parallelism() {
        return parallelism;
    }

    /** Whether this process does what stands around the fitting. */
    public boolean leads() {
        return parallelism.leads();
    }

    /**
     * A fitting begins, in all processes.
     *
     * @param own where this process would keep how far it is
     * @return where it is kept
     */
    public Checkpoints fitting(Checkpoints own) {
        if (meeting == null) {
            return own;
        }
        if (leads() && !begun) {
            begun = true;
            meeting.tell(true);
        }
        return new SharedCheckpoints(own, meeting.ranks());
    }

    /** Waits, in a process that does not lead, until it is known whether there is something to fit. */
    public boolean awaitFitting() {
        return meeting != null && meeting.awaitTold();
    }

    /** A failure as what it means, where it may come of another process that is gone. */
    public RuntimeException failure(RuntimeException failure) {
        return meeting == null ? failure : LostRank.of(failure, meeting.ranks().own());
    }

    /**
     * All is done. Those who do not lead wait here for the one who does, so that they are still there, and fail too, where
     * it fails behind the fitting.
     */
    public void finish() {
        if (meeting != null) {
            tellOfNothing();
            meeting.part();
        }
    }

    private void tellOfNothing() {
        if (meeting != null && leads() && !begun) {
            begun = true;
            meeting.tell(false);
        }
    }

    @Override
    public void close() {
        if (meeting != null) {
            tellOfNothing();
        }
    }
}
