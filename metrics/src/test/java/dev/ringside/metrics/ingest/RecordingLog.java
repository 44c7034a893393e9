package dev.ringside.metrics.ingest;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A log in memory that acknowledges at once, never, or with a failure. */
final class RecordingLog implements EventLog {
    private final List<Appended> records = new ArrayList<>();
    private final List<CompletableFuture<Void>> held = new ArrayList<>();
    private int heldOutcomes;
    private boolean holding;
    private @Nullable RuntimeException failure;
    private int refused;
    private boolean silent;

    record Appended(int partition, @Nullable Long key, UnitEvent event) {}

    @Override
    public synchronized CompletionStage<Void> append(int partition, byte @Nullable [] key, byte[] value) {
        UnitEvent event = Json.read(value, UnitEvent.class);
        if (silent) {
            return later(event);
        }
        if (failure != null) {
            refused += event instanceof Outcome ? 1 : 0;
            return CompletableFuture.failedFuture(failure);
        }
        records.add(new Appended(
                partition, key == null ? null : ByteBuffer.wrap(key).getLong(), event));
        if (holding && event instanceof Outcome) {
            return later(event);
        }
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> later(UnitEvent event) {
        var later = new CompletableFuture<Void>();
        held.add(later);
        heldOutcomes += event instanceof Outcome ? 1 : 0;
        return later;
    }

    /** From now on nothing is answered, as by a broker that is away, until it is released. */
    synchronized void silence() {
        silent = true;
    }

    synchronized void hold() {
        holding = true;
    }

    /** How many outcomes wait for an answer. */
    synchronized int heldOutcomes() {
        return heldOutcomes;
    }

    synchronized void release() {
        holding = false;
        silent = false;
        held.forEach(f -> f.complete(null));
        held.clear();
        heldOutcomes = 0;
    }

    synchronized void fail(RuntimeException with) {
        failure = with;
    }

    /** How many outcomes failed at once. */
    synchronized int refused() {
        return refused;
    }

    synchronized List<Appended> records() {
        return List.copyOf(records);
    }

    synchronized List<Outcome> outcomes() {
        return records.stream()
                .map(Appended::event)
                .filter(Outcome.class::isInstance)
                .map(Outcome.class::cast)
                .toList();
    }

    synchronized List<Mark> marks(int partition) {
        return records.stream()
                .filter(r -> r.partition() == partition)
                .map(Appended::event)
                .filter(Mark.class::isInstance)
                .map(Mark.class::cast)
                .toList();
    }
}
