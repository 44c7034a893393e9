package dev.ringside.router.exposure;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The thread that ships events and marks to the log, for as long as the router runs. */
public final class Shipper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Shipper.class.getName());
    private static final long PAUSE_AFTER_FAILURE = TimeUnit.SECONDS.toNanos(1);
    private static final Duration LAST_STEP = Duration.ofSeconds(1);

    private final Shipping shipping;
    private final Marks marks;
    private final LongSupplier ticker;
    private final Duration drain;
    private final Thread thread;
    private volatile boolean abandoned;

    /**
     * Makes the thread; {@link #start} starts it.
     *
     * @param log the log; this thread alone calls it
     * @param partitions of the log; 0 while that is not known
     * @param ticker nanoseconds of a clock that only goes forward
     * @param drain how long an orderly stop waits for the log
     */
    public Shipper(
            Exposures exposures, PredictionLog log, IntSupplier partitions, LongSupplier ticker, Duration drain) {
        this.thread = Thread.ofPlatform().daemon().name("ringside-shipper").unstarted(this::run);
        this.ticker = ticker;
        this.drain = drain;
        var lanes = new Lanes(log, this::wake);
        this.marks = new Marks(exposures.writer(), exposures.times(), lanes);
        this.shipping = new Shipping(exposures.spool(), exposures.times(), partitions, lanes, marks);
        exposures.onRecorded(this::wake);
    }

    /** Starts shipping. */
    public void start() {
        thread.start();
    }

    /** There may be something to do: a new event, a step of the clock, the first routing table. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    /** The time through which every partition has this writer's mark; null for none. */
    public @Nullable Instant marked() {
        return marks.marked();
    }

    /**
     * Begins no more events, ships what is left and those that are under way, and then the closing marks, for as long as
     * the drain allows. What is left then stays in the spool, and the next boot ships it.
     */
    @Override
    public void close() {
        shipping.stop();
        wake();
        if (!join(drain)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the log did not take everything within " + drain + "; the rest is shipped at the next start");
            abandoned = true;
            wake();
            join(LAST_STEP);
        }
    }

    private boolean join(Duration limit) {
        try {
            return thread.getState() == Thread.State.NEW || thread.join(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        try (shipping) {
            long pause = step();
            while (!abandoned && !shipping.isClosed()) {
                LockSupport.parkNanos(this, pause);
                pause = step();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot close a file of the spool", e);
        }
    }

    private long step() {
        try {
            return shipping.step(ticker.getAsLong());
        } catch (IOException | RuntimeException e) {
            // Stands still and says so: without marks nothing is decided on what is missing.
            LOG.log(System.Logger.Level.ERROR, "shipping of events failed, it is tried again", e);
            return PAUSE_AFTER_FAILURE;
        }
    }
}
