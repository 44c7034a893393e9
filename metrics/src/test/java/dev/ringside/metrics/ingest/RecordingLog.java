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
    private boolean holding;
    private @Nullable RuntimeException failure;
    private int refused;
    private boolean silent;

    record Appended(int partition, @Nullable Long key, UnitEvent event) {}

    @Override
    public synchronized CompletionStage<Void> append(int partition, byte @Nullable [] key, byte[] value) {
        UnitEvent event = Json.read(value, UnitEvent.class);
        if (silent) {
            return new CompletableFuture<>();
        }
        if (failure != null) {
            refused += event instanceof Outcome ? 1 : 0;
            return CompletableFuture.failedFuture(failure);
        }
        records.add(new Appended(
                partition, key == null ? null : ByteBuffer.wrap(key).getLong(), event));
        if (holding && event instanceof Outcome) {
            var later = new CompletableFuture<Void>();
            held.add(later);
            return later;
        }
        return CompletableFuture.completedFuture(null);
    }

    /** From now on nothing is answered, as by a broker that is away. */
    synchronized void silence() {
        silent = true;
    }

    synchronized void hold() {
        holding = true;
    }

    synchronized int held() {
        return held.size();
    }

    synchronized void release() {
        holding = false;
        held.forEach(f -> f.complete(null));
        held.clear();
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
