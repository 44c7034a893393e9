package dev.ringside.router.feature;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Adds to requests the inputs that callers do not send. A store that is slow or away costs a request its budget at most,
 * soon not even that ({@link Circuit}), and never its answer.
 */
public final class Features implements AutoCloseable {
    /** How many values a request may make of its rows; a body of a few megabytes could ask for gigabytes. */
    private static final int MOST_VALUES = 1 << 20;

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);

    private final FeatureStore store;
    private final Map<String, State> states = new ConcurrentHashMap<>();
    private final ScheduledExecutorService probes = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("features-probe").daemon().factory());

    private static final class State {
        private final Circuit circuit = new Circuit();
        private final FeatureCounts counts = new FeatureCounts(circuit);
        private volatile SlotFeatures slot;

        private State(SlotFeatures slot) {
            this.slot = slot;
        }
    }

    /**
     * A request with all inputs.
     *
     * @param defaulted the inputs that have their default in at least one row, and the first reason; null if there is none
     */
    public record Completed(
            InferenceRequest request, @Nullable Map<String, String> defaulted) {}

    /** @param store where they are kept */
    public Features(FeatureStore store) {
        this.store = store;
    }

    /** Begins to look for a store that was given up. */
    public void start() {
        var _ = probes.scheduleWithFixedDelay(
                this::probe, BETWEEN_PROBES.toMillis(), BETWEEN_PROBES.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What came of the features of each slot. */
    public Map<String, FeatureCounts> counts() {
        var counts = new TreeMap<String, FeatureCounts>();
        states.forEach((slot, state) -> counts.put(slot, state.counts));
        return counts;
    }

    /**
     * Adds the features that a request does not send itself.
     *
     * @param unit null for a request without
     * @throws InvalidInput if it has more rows than anybody means
     */
    public Completed complete(SlotFeatures slot, @Nullable String unit, String segment, InferenceRequest request) {
        List<Tensor> sent = request.inputs();
        List<SlotFeatures.Feature> wanted = slot.features().stream()
                .filter(feature -> sent.stream().noneMatch(input -> input.name().equals(feature.name())))
                .toList();
        if (wanted.isEmpty()) {
            return new Completed(request, null);
        }
        int rows = rows(sent);
        InvalidInput.require(
                (long) rows * wanted.size() <= MOST_VALUES,
                "inputs",
                "expected at most " + MOST_VALUES / wanted.size() + " rows, as slot '" + slot.slot() + "' adds "
                        + wanted.size() + " features to each, found " + rows);
        State state = states.computeIfAbsent(slot.slot(), name -> new State(slot));
        state.slot = slot;
        var columns = new FeatureColumns(wanted, rows);
        fill(columns, state, RowKeys.of(slot.keys(), unit, segment, sent, rows));
        columns.addTo(state.counts);
        var inputs = new ArrayList<>(sent);
        inputs.addAll(columns.tensors());
        return new Completed(
                new InferenceRequest(request.id(), request.parameters(), inputs, request.outputs()),
                columns.defaulted());
    }

    /** How many a request has: as many as its first input. Where it sends none there is one. */
    private static int rows(List<Tensor> sent) {
        if (sent.isEmpty()) {
            return 1;
        }
        Tensor first = sent.getFirst();
        // An empty tensor may say any number of rows.
        return first.data().size() == 0 || first.shape().isEmpty()
                ? first.data().size()
                : Math.toIntExact(first.shape().getFirst());
    }

    private void fill(FeatureColumns columns, State state, RowKeys keys) {
        List<FeatureStore.Found> found = List.of();
        Missing missing = Missing.NO_KEY;
        if (!keys.distinct().isEmpty()) {
            try {
                found = ask(state, keys.distinct(), columns.names());
            } catch (NotAnswered e) {
                missing = e.why;
            }
        }
        for (int row = 0; row < columns.rows(); row++) {
            int place = keys.of(row);
            if (place < 0) {
                columns.miss(row, Missing.NO_KEY);
            } else if (found.isEmpty()) {
                columns.miss(row, missing);
            } else {
                columns.take(row, found.get(place));
            }
        }
    }

    private List<FeatureStore.Found> ask(State state, List<String> keys, List<String> fields) throws NotAnswered {
        if (state.circuit.isOpen()) {
            throw new NotAnswered(Missing.AWAY);
        }
        try {
            List<FeatureStore.Found> found =
                    read(keys, fields).get(state.slot.budget().toNanos(), TimeUnit.NANOSECONDS);
            state.circuit.answered();
            return found;
        } catch (TimeoutException e) {
            state.circuit.failed(keys);
            throw new NotAnswered(Missing.LATE);
        } catch (ExecutionException e) {
            state.circuit.failed(keys);
            throw new NotAnswered(Missing.AWAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAnswered(Missing.AWAY);
        }
    }

    private CompletableFuture<List<FeatureStore.Found>> read(List<String> keys, List<String> fields) {
        try {
            return store.read(keys, fields);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Asks for each slot whose requests do not wait any more, once at a time. */
    void probe() {
        states.values().stream().filter(state -> state.circuit.isOpen()).forEach(state -> {
            if (state.circuit.mayProbe()) {
                List<String> fields = state.slot.features().stream()
                        .map(SlotFeatures.Feature::name)
                        .toList();
                var asked = read(state.circuit.lastAsked(), fields);
                state.circuit.probing(asked);
                try {
                    asked.get(state.slot.budget().toNanos(), TimeUnit.NANOSECONDS);
                    state.circuit.close();
                } catch (TimeoutException | ExecutionException e) {
                    // Not yet.
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    @Override
    public void close() {
        probes.shutdownNow();
    }

    /** The store has not said what it has. */
    private static final class NotAnswered extends Exception {
        private static final long serialVersionUID = 1L;

        private final Missing why;

        private NotAnswered(Missing why) {
            super(why.word(), null, false, false);
            this.why = why;
        }
    }
}
