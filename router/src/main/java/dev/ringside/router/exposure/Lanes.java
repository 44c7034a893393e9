package dev.ringside.router.exposure;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ways to all partitions of the log. One thread's, but for the completions that the log reports from its own. */
final class Lanes {
    private final PredictionLog log;
    private final Runnable wake;
    private final Queue<Completion> completions = new ConcurrentLinkedQueue<>();
    private final List<Lane> lanes = new ArrayList<>();

    private record Completion(Lane.Sent sent, @Nullable Throwable failure) {}

    /** @param wake called after each completion, from any thread */
    Lanes(PredictionLog log, Runnable wake) {
        this.log = log;
        this.wake = wake;
    }

    /** Opens the way to each partition. */
    void open(int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            lanes.add(new Lane(partition, log, (sent, failure) -> {
                completions.add(new Completion(sent, failure));
                wake.run();
            }));
        }
    }

    boolean isOpen() {
        return !lanes.isEmpty();
    }

    List<Lane> all() {
        return lanes;
    }

    Lane get(int partition) {
        return lanes.get(partition);
    }

    /** Takes in all completions and sends again where a pause after a failure is over. */
    void settle(long now, Consumer<Shipment> acknowledged) {
        for (Completion done = completions.poll(); done != null; done = completions.poll()) {
            Shipment shipment = done.sent.lane().settle(done.sent, done.failure, now);
            if (shipment != null) {
                acknowledged.accept(shipment);
            }
        }
        for (Lane lane : lanes) {
            lane.resume(now);
        }
    }

    /** How many records are not acknowledged. */
    int size() {
        int size = 0;
        for (Lane lane : lanes) {
            size += lane.size();
        }
        return size;
    }

    /** How long until a pause after a failure is over. */
    long pause(long now) {
        long pause = Long.MAX_VALUE;
        for (Lane lane : lanes) {
            pause = Math.min(pause, lane.pause(now));
        }
        return pause;
    }
}
