package dev.ringside.app.foreign;

import java.time.Duration;

/**
 * One of the servers of a model. One that fails {@value #FAILURES} times in a row is left alone for a while, longer each
 * time, up to {@link #LONGEST}; then one request at a time tries it, until one is answered. To be used by any number of
 * threads.
 */
final class Replica {
    static final int FAILURES = 5;
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(30);

    private final ForeignServer server;
    private int failures;
    private int ejections;
    private long until;
    private boolean ejected;
    private boolean tried;
    private String reason = "";

    Replica(ForeignServer server) {
        this.server = server;
    }

    ForeignServer server() {
        return server;
    }

    /** Whether a request may go there now; who was told so says how it went. */
    synchronized boolean mayTry(long now) {
        if (!ejected) {
            return true;
        }
        if (tried || now - until < 0) {
            return false;
        }
        tried = true;
        return true;
    }

    /** It has answered, whatever it was. */
    synchronized void answered() {
        failures = 0;
        ejections = 0;
        ejected = false;
        tried = false;
    }

    /** It has not answered. */
    synchronized void failed(long now, String why) {
        reason = why;
        failures++;
        // Those that were under way when it was left alone say nothing new.
        if ((ejected && tried) || (!ejected && failures >= FAILURES)) {
            long pause = FIRST.toNanos() << Math.min(ejections, Long.SIZE / 4);
            until = now + Math.min(pause, LONGEST.toNanos());
            ejections++;
            ejected = true;
            tried = false;
        }
    }

    /** Why it is left alone, and for how long still. */
    synchronized String words(long now) {
        return server.name() + " has failed " + failures + " times in a row and is asked again in "
                + Math.max(0, (until - now) / 1_000_000) + " ms: " + reason;
    }
}
