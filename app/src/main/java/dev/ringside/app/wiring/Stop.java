package dev.ringside.app.wiring;

import dev.ringside.contract.Closing;
import java.time.Duration;
import java.util.List;

/**
 * A step of an orderly stop that may wait for what does not answer, such as a Kafka that is away.
 *
 * @param what is stopped, in words
 * @param limit after how long nobody waits for it any more
 * @param closing what is done
 */
record Stop(String what, Duration limit, AutoCloseable closing) {
    private static final System.Logger LOG = System.getLogger(Stop.class.getName());

    /** Does all steps at the same time, and returns when each is done or its limit is over. */
    static void together(List<Stop> stops) throws InterruptedException {
        long begin = System.nanoTime();
        List<Thread> threads = stops.stream().map(Stop::begin).toList();
        for (int i = 0; i < threads.size(); i++) {
            Stop stop = stops.get(i);
            Duration left = stop.limit.minusNanos(System.nanoTime() - begin);
            if (!threads.get(i).join(left.isPositive() ? left : Duration.ZERO)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        stop.what + " did not stop within " + stop.limit.toSeconds()
                                + " s and is left; the next start goes on where it stood");
            }
        }
    }

    /** This step and after it another, as one. */
    Stop then(Stop next) {
        return new Stop(what + ", then " + next.what, limit.plus(next.limit), () -> {
            var both = new Closing();
            both.close(closing);
            both.close(next.closing);
            both.end(what);
        });
    }

    private Thread begin() {
        return Thread.ofPlatform().daemon().name("stop " + what).start(this::run);
    }

    private void run() {
        try {
            closing.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.ERROR, what + " did not stop in order", e);
        }
    }
}
