package dev.ringside.router.feature;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.router.circuit.Circuit;
import dev.ringside.router.circuit.Circuits;
import dev.ringside.router.circuit.NotAnswered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds to requests the inputs that callers do not send. A store that is slow or away costs a request its budget at most,
 * soon not even that ({@link Circuit}), and never its answer.
 */
public final class Features {
    /** How many values a request may make of its rows; a body of a few megabytes could ask for gigabytes. */
    private static final int MOST_VALUES = 1 << 20;

    private final FeatureStore store;
    private final Circuits circuits;
    private final Map<String, State> states = new ConcurrentHashMap<>();

    private static final class State {
        private final Circuit circuit;
        private final FeatureCounts counts;

        private State(Circuit circuit) {
            this.circuit = circuit;
            this.counts = new FeatureCounts(circuit);
        }
    }

    /**
     * A request with all inputs.
     *
     * @param defaulted the inputs that have their default in at least one row, and the first reason; null if there is none
     */
    public record Completed(
            InferenceRequest request, @Nullable Map<String, String> defaulted) {}

    /**
     * @param store where they are kept
     * @param circuits whose thread looks for a store that was given up
     */
    public Features(FeatureStore store, Circuits circuits) {
        this.store = store;
        this.circuits = circuits;
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
        State state = states.computeIfAbsent(slot.slot(), name -> new State(circuits.add()));
        var columns = new FeatureColumns(wanted, rows);
        fill(columns, slot, state, RowKeys.of(slot.keys(), unit, segment, sent, rows));
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

    private void fill(FeatureColumns columns, SlotFeatures slot, State state, RowKeys keys) {
        List<FeatureStore.Found> found = List.of();
        Missing missing = Missing.NO_KEY;
        if (!keys.distinct().isEmpty()) {
            try {
                found = ask(slot, state, keys.distinct(), columns.names());
            } catch (NotAnswered e) {
                missing = switch (e.why()) {
                    case LATE -> Missing.LATE;
                    case AWAY -> Missing.AWAY;
                };
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

    private List<FeatureStore.Found> ask(SlotFeatures slot, State state, List<String> keys, List<String> fields)
            throws NotAnswered {
        return state.circuit.ask(() -> store.read(keys, fields), () -> store.read(keys, fields), slot.budget());
    }
}
