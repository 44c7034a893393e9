package dev.ringside.router.feature;

import dev.ringside.router.circuit.Circuit;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What came of a slot's features since the start. A request of several rows has as many values of each. */
public final class FeatureCounts {
    /** Values that the store had. */
    final LongAdder found = new LongAdder();

    private final Map<Missing, LongAdder> defaulted = new EnumMap<>(Missing.class);
    private final Circuit circuit;

    FeatureCounts(Circuit circuit) {
        this.circuit = circuit;
        for (Missing why : Missing.values()) {
            defaulted.put(why, new LongAdder());
        }
    }

    /** Values that the store had in time. */
    public long found() {
        return found.sum();
    }

    /** Values that were the default, by why. */
    public long defaulted(Missing why) {
        return counter(why).sum();
    }

    /** Whether no request waits for the store now. */
    public boolean isOpen() {
        return circuit.isOpen();
    }

    void add(Missing why, long values) {
        counter(why).add(values);
    }

    private LongAdder counter(Missing why) {
        LongAdder counter = defaulted.get(why);
        if (counter == null) {
            throw new IllegalStateException("no counter for " + why);
        }
        return counter;
    }
}
