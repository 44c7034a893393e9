package dev.ringside.serving.catalog;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Remembers every step of every version. */
final class Recorder implements Catalog.Listener {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> steps = new ArrayList<>();

    @Override
    public synchronized void changed(String slot, String version, VersionState state) {
        steps.add(version + " " + state.getClass().getSimpleName());
        notifyAll();
    }

    synchronized List<String> steps() {
        return List.copyOf(steps);
    }

    synchronized long count(String step) {
        return steps.stream().filter(step::equals).count();
    }

    /** Waits until a step such as {@code 1 Serving} was seen. */
    void await(String step) throws InterruptedException {
        await(step, 1);
    }

    /** Waits until a step was seen so many times. */
    synchronized void await(String step, long times) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (count(step) < times) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                fail("expected " + times + " times '" + step + "', the steps were " + steps);
            }
            wait(Math.max(1, left / 1_000_000));
        }
    }
}
