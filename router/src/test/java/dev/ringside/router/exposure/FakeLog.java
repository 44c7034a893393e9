package dev.ringside.router.exposure;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An event log in memory, which acknowledges at once or when it is told to, and fails as the port allows. */
public final class FakeLog implements PredictionLog {
    private final List<List<UnitEvent>> written = new ArrayList<>();
    private final List<Deque<Pending>> pending = new ArrayList<>();
    private final boolean automatic;
    private boolean refusing;
    private int failing;

    private record Pending(UnitEvent event, CompletableFuture<Void> done) {}

    public FakeLog(int partitions, boolean automatic) {
        for (int i = 0; i < partitions; i++) {
            written.add(new ArrayList<>());
            pending.add(new ArrayDeque<>());
        }
        this.automatic = automatic;
    }

    @Override
    public synchronized CompletionStage<Void> append(int partition, byte[] key, byte[] value) {
        if (refusing) {
            throw new IllegalStateException("the log is away");
        }
        if (failing > 0) {
            failing--;
            return CompletableFuture.failedFuture(new IOException("the buffer is full"));
        }
        UnitEvent event = Json.read(value, UnitEvent.class);
        if (automatic) {
            written.get(partition).add(event);
            return CompletableFuture.completedFuture(null);
        }
        var done = new CompletableFuture<Void>();
        pending.get(partition).add(new Pending(event, done));
        return done;
    }

    /** What a reader of the partition sees. */
    public synchronized List<UnitEvent> written(int partition) {
        return List.copyOf(written.get(partition));
    }

    /** The predictions that a reader of the partition sees, repeats included. */
    public List<Prediction> predictions(int partition) {
        return written(partition).stream()
                .filter(Prediction.class::isInstance)
                .map(Prediction.class::cast)
                .toList();
    }

    /** The marks that a reader of the partition sees. */
    public List<Mark> marks(int partition) {
        return written(partition).stream()
                .filter(Mark.class::isInstance)
                .map(Mark.class::cast)
                .toList();
    }

    /** From now on every append throws, or no longer. */
    public synchronized void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** The next append fails before it comes back, as a producer's does whose buffer is full. */
    synchronized void failNextAtOnce() {
        failing = 1;
    }

    int pending(int partition) {
        return pending.get(partition).size();
    }

    /** Acknowledges the oldest record under way. */
    void acknowledge(int partition) {
        Pending oldest = pending.get(partition).poll();
        if (oldest != null) {
            written.get(partition).add(oldest.event);
            oldest.done.complete(null);
        }
    }

    void acknowledgeAll() {
        for (int partition = 0; partition < pending.size(); partition++) {
            while (pending(partition) > 0) {
                acknowledge(partition);
            }
        }
    }

    /** Fails all records under way; the first few may have been written nevertheless. */
    void fail(int partition, int writtenNevertheless) {
        int count = 0;
        Deque<Pending> failing = new ArrayDeque<>(pending.get(partition));
        pending.get(partition).clear();
        for (Pending record : failing) {
            if (count++ < writtenNevertheless) {
                written.get(partition).add(record.event);
            }
            record.done.completeExceptionally(new IOException("not acknowledged"));
        }
    }

    /** The process that appended is gone; the first few records may have been written nevertheless. */
    void forget(int partition, int writtenNevertheless) {
        Deque<Pending> lost = new ArrayDeque<>(pending.get(partition));
        pending.get(partition).clear();
        for (int i = 0; i < writtenNevertheless && !lost.isEmpty(); i++) {
            written.get(partition).add(lost.poll().event);
        }
    }
}
