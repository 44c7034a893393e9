package dev.ringside.router.cache;

import dev.ringside.router.circuit.Circuit;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What came of a slot's cache since the start. */
public final class CacheCounts {
    private final Map<Read, LongAdder> reads = new EnumMap<>(Read.class);
    private final Map<Write, LongAdder> writes = new EnumMap<>(Write.class);
    private final Circuit circuit;

    /** What came of looking for an answer. */
    public enum Read {
        /** It was there, and the model was spared. */
        HIT,
        /** It was not there. */
        MISS,
        /** The store did not answer within the budget. */
        LATE,
        /** The store cannot be reached, or was not asked since it has lately not answered in time. */
        AWAY,
        /** What stands there is no answer. */
        UNREADABLE;

        /** As meters write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What came of keeping an answer. */
    public enum Write {
        /** It is kept. */
        KEPT,
        /** It is larger than what is kept. */
        TOO_LARGE,
        /** The store did not take it. */
        FAILED;

        /** As meters write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    CacheCounts(Circuit circuit) {
        this.circuit = circuit;
        for (Read read : Read.values()) {
            reads.put(read, new LongAdder());
        }
        for (Write write : Write.values()) {
            writes.put(write, new LongAdder());
        }
    }

    /** Requests by what came of looking for their answer. */
    public long reads(Read what) {
        return counter(reads, what).sum();
    }

    /** Answers of the model by what came of keeping them. */
    public long writes(Write what) {
        return counter(writes, what).sum();
    }

    /** Whether no request waits for the store now. */
    public boolean isOpen() {
        return circuit.isOpen();
    }

    void add(Read what) {
        counter(reads, what).increment();
    }

    void add(Write what) {
        counter(writes, what).increment();
    }

    private static <E extends Enum<E>> LongAdder counter(Map<E, LongAdder> counters, E what) {
        LongAdder counter = counters.get(what);
        if (counter == null) {
            throw new IllegalStateException("no counter for " + what);
        }
        return counter;
    }
}
