package dev.ringside.app.servers;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches one server: says in one line when it goes away and in one when it is back, and knows in between since when. It
 * is away when it has not answered twice in a row, or when whoever keeps its process says so.
 */
public final class ServerWatch implements AutoCloseable {
    private static final int FAILURES = 2;

    private final String name;
    private final String address;
    private final boolean embedded;
    private final Probe probe;
    private final InstantSource wall;
    private final Consumer<String> say;
    private final LongSupplier leftOut;
    private final Thread thread;
    private int failures;
    private volatile State state;
    private volatile boolean closed;

    /** Asks a server for something small. */
    public interface Probe extends AutoCloseable {
        /** Returns if it has answered; gives up after a second or two. */
        void ask() throws Exception;

        @Override
        default void close() {}
    }

    /**
     * How a server is.
     *
     * @param name {@code kafka}, {@code postgres}, {@code redis} or {@code serving}
     * @param address where it is
     * @param embedded whether this installation has started it
     * @param awaySince since when it does not answer; null if it does
     * @param why what it does instead; null if it answers
     */
    public record State(
            String name,
            String address,
            boolean embedded,
            @Nullable Instant awaySince,
            @Nullable String why) {}

    /**
     * @param say takes the lines
     * @param leftOut how many lines of its clients were kept out of the log until now
     */
    public ServerWatch(
            String name,
            String address,
            boolean embedded,
            Probe probe,
            InstantSource wall,
            Consumer<String> say,
            LongSupplier leftOut) {
        this.name = name;
        this.address = address;
        this.embedded = embedded;
        this.probe = probe;
        this.wall = wall;
        this.say = say;
        this.leftOut = leftOut;
        this.state = new State(name, address, embedded, null, null);
        this.thread = Thread.ofPlatform().daemon().name("watch-" + name).unstarted(() -> run(Duration.ofSeconds(1)));
    }

    /** Begins to ask. */
    public ServerWatch start() {
        thread.start();
        return this;
    }

    /** How it is now. */
    public State state() {
        return state;
    }

    private void run(Duration pause) {
        try (probe) {
            while (!closed) {
                ask();
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void ask() throws InterruptedException {
        try {
            probe.ask();
            answered();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failed(e);
        }
    }

    private synchronized void answered() {
        failures = 0;
        Instant since = state.awaySince();
        if (since == null || closed) {
            return;
        }
        state = new State(name, address, embedded, null, null);
        long lines = leftOut.getAsLong();
        say.accept(name + " at " + address + " is back after "
                + Duration.between(since, wall.instant()).toSeconds() + " s"
                + (lines == 0 ? "" : "; " + lines + " lines of its clients were left out of this log"));
    }

    private synchronized void failed(Exception failure) {
        failures++;
        if (state.awaySince() == null && failures >= FAILURES) {
            gone("it does not answer (" + words(failure) + ")");
        }
    }

    /** It is known to be away, without having been asked. */
    public synchronized void gone(String why) {
        if (closed) {
            return;
        }
        boolean first = state.awaySince() == null;
        Instant since = first ? wall.instant() : state.awaySince();
        state = new State(name, address, embedded, since, why);
        if (first) {
            say.accept(name + " at " + address + " is away: " + why);
        }
    }

    private static String words(Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElse("");
    }

    /** Nothing is said any more: an orderly stop takes the servers with it. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
