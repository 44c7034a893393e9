package dev.ringside.router.cache;

import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceJson;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.router.circuit.Circuit;
import dev.ringside.router.circuit.Circuits;
import dev.ringside.router.circuit.NotAnswered;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives answers again that a version has given before. What is kept is JSON, in which every finite number comes back bit by
 * bit. A store that is slow or away costs a request its budget at most, soon not even that ({@link Circuit}).
 */
public final class AnswerCache {
    /** How many bytes of JSON are kept of an answer at most. */
    static final int LARGEST = 64 << 10;

    private final AnswerStore store;
    private final Circuits circuits;
    private final Map<String, State> states = new ConcurrentHashMap<>();

    private static final class State {
        private final Circuit circuit;
        private final CacheCounts counts;

        private State(Circuit circuit) {
            this.circuit = circuit;
            this.counts = new CacheCounts(circuit);
        }
    }

    /**
     * An answer of a version.
     *
     * @param cached whether it was kept from an earlier request
     */
    public record Answer(InferenceResponse response, boolean cached) {}

    /** What the store said of a request's answer. */
    private sealed interface Looked {
        /** It is there. */
        record Hit(InferenceResponse response) implements Looked {}

        /** It is not, or is none. */
        record Miss() implements Looked {}

        /** Nobody knows. */
        record Unknown() implements Looked {}
    }

    /**
     * @param store where answers are kept
     * @param circuits whose thread looks for a store that was given up
     */
    public AnswerCache(AnswerStore store, Circuits circuits) {
        this.store = store;
        this.circuits = circuits;
    }

    /** What came of the cache of each slot. */
    public Map<String, CacheCounts> counts() {
        var counts = new TreeMap<String, CacheCounts>();
        states.forEach((slot, state) -> counts.put(slot, state.counts));
        return counts;
    }

    /**
     * The answer that is kept, else the model's, which is kept from then on.
     *
     * @param version whose answer; null for one whose answers are not kept
     * @param call as the version gets it
     * @param inference asks the model
     */
    public Answer answer(@Nullable CachedVersion version, Call call, Supplier<InferenceResponse> inference) {
        if (version == null) {
            return new Answer(inference.get(), false);
        }
        State state = states.computeIfAbsent(version.slot(), slot -> new State(circuits.add()));
        String key = version.key(call.request());
        return switch (look(version, state, key, call)) {
            case Looked.Hit(InferenceResponse kept) -> new Answer(kept, true);
            case Looked.Miss _ -> {
                InferenceResponse response = inference.get();
                keep(version, state, key, response);
                yield new Answer(response, false);
            }
            case Looked.Unknown _ -> new Answer(inference.get(), false);
        };
    }

    private Looked look(CachedVersion version, State state, String key, Call call) {
        if (call.deadline().nanosLeft() <= version.budget().toNanos()) {
            // All that is left is the model's; that it is so little is no fault of the store.
            return new Looked.Unknown();
        }
        Optional<byte[]> found;
        try {
            found = state.circuit.ask(() -> store.read(key), () -> store.read(key), version.budget());
        } catch (NotAnswered e) {
            state.counts.add(
                    switch (e.why()) {
                        case LATE -> CacheCounts.Read.LATE;
                        case AWAY -> CacheCounts.Read.AWAY;
                    });
            return new Looked.Unknown();
        }
        if (found.isEmpty()) {
            state.counts.add(CacheCounts.Read.MISS);
            return new Looked.Miss();
        }
        try {
            InferenceResponse kept = InferenceJson.readResponse(found.get());
            state.counts.add(CacheCounts.Read.HIT);
            return new Looked.Hit(kept);
        } catch (InferenceFailure e) {
            state.counts.add(CacheCounts.Read.UNREADABLE);
            return new Looked.Miss();
        }
    }

    /** Nobody waits for it. */
    private void keep(CachedVersion version, State state, String key, InferenceResponse response) {
        try {
            byte[] json = leastLength(response) > LARGEST ? null : json(response);
            if (json == null || json.length > LARGEST) {
                state.counts.add(CacheCounts.Write.TOO_LARGE);
                return;
            }
            var _ = store.write(key, json, version.ttl())
                    .whenComplete((done, failure) ->
                            state.counts.add(failure == null ? CacheCounts.Write.KEPT : CacheCounts.Write.FAILED));
        } catch (RuntimeException e) {
            state.counts.add(CacheCounts.Write.FAILED);
        }
    }

    /** What it takes at least: one that cannot fit is not even written. Each value has a digit and a comma. */
    private static long leastLength(InferenceResponse response) {
        long length = 0;
        for (Tensor output : response.outputs()) {
            length += 2L * output.data().size();
        }
        return length;
    }

    private static byte[] json(InferenceResponse response) {
        return InferenceJson.writeResponse(new InferenceResponse(
                response.modelName(), response.modelVersion(), null, response.parameters(), response.outputs()));
    }
}
