package dev.ringside.router.limit;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.router.circuit.Circuit;
import dev.ringside.router.circuit.Circuits;
import dev.ringside.router.circuit.NotAnswered;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in as the limits of their slots say. A store that is slow or away costs a request its budget at most, soon
 * not even that ({@link Circuit}), and never its answer: this router then counts by itself ({@link CountedBy}), and goes on
 * from what it has let in before.
 */
public final class RequestLimits {
    private final SharedBuckets shared;
    private final Circuits circuits;
    private final LongSupplier ticker;
    private final Map<String, State> states = new ConcurrentHashMap<>();

    private static final class State {
        private final Circuit circuit;
        private final LimitCounts counts;
        /** As many as there are API keys, and one more. */
        private final Map<SlotLimit.Owner, LocalBucket> local = new ConcurrentHashMap<>();

        private State(Circuit circuit) {
            this.circuit = circuit;
            this.counts = new LimitCounts(circuit);
        }
    }

    private record Count(CountedBy by, Duration untilRoom) {}

    /**
     * @param shared the buckets of all routers
     * @param circuits whose thread looks for a store that was given up
     * @param ticker nanoseconds of a clock that only goes forward
     */
    public RequestLimits(SharedBuckets shared, Circuits circuits, LongSupplier ticker) {
        this.shared = shared;
        this.circuits = circuits;
        this.ticker = ticker;
    }

    /** What came of the limit of each slot. */
    public Map<String, LimitCounts> counts() {
        var counts = new TreeMap<String, LimitCounts>();
        states.forEach((slot, state) -> counts.put(slot, state.counts));
        return counts;
    }

    /**
     * Lets a request in.
     *
     * @param caller the name of the API key that it came with; null for none
     * @throws InferenceFailure {@code LIMITED} if it is one too many, saying when there is room again
     */
    public void admit(SlotLimit limit, @Nullable String caller) {
        State state = states.computeIfAbsent(limit.slot(), slot -> new State(circuits.add()));
        SlotLimit.Owner owner = limit.owner(caller);
        Count count = count(limit, state, owner);
        boolean admitted = count.untilRoom.isZero();
        state.counts.add(count.by, admitted);
        if (!admitted) {
            throw InferenceFailure.limited(limit.refusal(owner, count.untilRoom), count.untilRoom);
        }
    }

    private Count count(SlotLimit limit, State state, SlotLimit.Owner owner) {
        SharedBuckets.Bucket bucket = limit.bucket(owner);
        LocalBucket own = own(state, owner, bucket);
        try {
            Duration wait = state.circuit.ask(() -> shared.take(bucket), () -> shared.look(bucket), limit.budget());
            if (wait.isZero()) {
                // So that losing the store does not begin with a full bucket.
                own.take();
            }
            return new Count(CountedBy.SHARED, wait);
        } catch (NotAnswered e) {
            CountedBy by = switch (e.why()) {
                case LATE -> CountedBy.LOCAL_LATE;
                case AWAY -> CountedBy.LOCAL_AWAY;
            };
            return new Count(by, own.take());
        }
    }

    private LocalBucket own(State state, SlotLimit.Owner owner, SharedBuckets.Bucket bucket) {
        LocalBucket held = state.local.get(owner);
        if (held != null && held.is(bucket.perSecond(), bucket.burst())) {
            return held;
        }
        return state.local.compute(
                owner,
                (o, now) -> now != null && now.is(bucket.perSecond(), bucket.burst())
                        ? now
                        : new LocalBucket(bucket.perSecond(), bucket.burst(), ticker));
    }
}
