package dev.ringside.metrics.attribution;

import java.util.Arrays;

/**
 * When a unit was seen outside experiments, in as few times as answer one question for good: was it seen within {@link
 * #MEMORY} before a given time? Of three times that lie within that span the middle one never matters.
 */
final class Sightings {
    /** How long a unit that was seen only outside experiments stays known, in event time. */
    static final long MEMORY = 30 * Nanos.DAY;

    static final Sightings NONE = new Sightings(new long[0]);

    private final long[] times;

    private Sightings(long[] times) {
        this.times = times;
    }

    boolean isEmpty() {
        return times.length == 0;
    }

    /** The latest time; only if there is one. */
    long last() {
        return times[times.length - 1];
    }

    /** Whether one of the times lies within the memory before this one. */
    boolean within(long time) {
        for (int i = times.length - 1; i >= 0; i--) {
            if (times[i] < time) {
                return times[i] >= time - MEMORY;
            }
        }
        return false;
    }

    Sightings plus(long time) {
        int at = Arrays.binarySearch(times, time);
        if (at >= 0) {
            return this;
        }
        int insert = -at - 1;
        long[] more = new long[times.length + 1];
        System.arraycopy(times, 0, more, 0, insert);
        more[insert] = time;
        System.arraycopy(times, insert, more, insert + 1, times.length - insert);
        return new Sightings(thin(more));
    }

    /** Without what no question about a time after the horizon can need. */
    Sightings after(long horizon) {
        int first = 0;
        while (first + 1 < times.length && times[first + 1] < horizon) {
            first++;
        }
        return first == 0 ? this : new Sightings(Arrays.copyOfRange(times, first, times.length));
    }

    private static long[] thin(long[] times) {
        int kept = 0;
        for (int i = 0; i < times.length; i++) {
            boolean middle = kept > 0 && i + 1 < times.length && times[i + 1] - times[kept - 1] <= MEMORY;
            if (!middle) {
                times[kept++] = times[i];
            }
        }
        return kept == times.length ? times : Arrays.copyOf(times, kept);
    }

    void write(PackedWriter out) {
        out.number(times.length);
        for (long time : times) {
            out.fixed(time);
        }
    }

    static Sightings read(PackedReader in) {
        int count = in.count();
        if (count == 0) {
            return NONE;
        }
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = in.fixed();
        }
        return new Sightings(times);
    }
}
