package dev.ringside.router.limit;

import dev.ringside.router.circuit.Circuit;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a slot's limit has let in and refused since the start. */
public final class LimitCounts {
    private final Map<CountedBy, LongAdder> admitted = new EnumMap<>(CountedBy.class);
    private final Map<CountedBy, LongAdder> refused = new EnumMap<>(CountedBy.class);
    private final Circuit circuit;

    LimitCounts(Circuit circuit) {
        this.circuit = circuit;
        for (CountedBy by : CountedBy.values()) {
            admitted.put(by, new LongAdder());
            refused.put(by, new LongAdder());
        }
    }

    /** Requests that were let in, by who counted them. */
    public long admitted(CountedBy by) {
        return counter(admitted, by).sum();
    }

    /** Requests that were one too many, by who counted them. */
    public long refused(CountedBy by) {
        return counter(refused, by).sum();
    }

    /** Whether this router counts by itself and does not wait for the store. */
    public boolean isOpen() {
        return circuit.isOpen();
    }

    void add(CountedBy by, boolean wasAdmitted) {
        counter(wasAdmitted ? admitted : refused, by).increment();
    }

    private static LongAdder counter(Map<CountedBy, LongAdder> counters, CountedBy by) {
        LongAdder counter = counters.get(by);
        if (counter == null) {
            throw new IllegalStateException("no counter for " + by);
        }
        return counter;
    }
}
