package dev.ringside.metrics.attribution;

import java.time.Duration;
import java.time.Instant;

/** Times as nanoseconds since 1970 in a long: as exact as the events' own, and cheap to compare and to store. */
final class Nanos {
    static final long SECOND = 1_000_000_000L;
    static final long HOUR = 3600 * SECOND;
    static final long DAY = 24 * HOUR;

    /** Before every time. */
    static final long NEVER = Long.MIN_VALUE;

    /** After every time. */
    static final long NO_END = Long.MAX_VALUE;

    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(50L * 365);

    private Nanos() {}

    /** Whether a time can be reckoned with: sums of it and a KPI's durations stay within a long. */
    static boolean inRange(Instant time) {
        return !time.isBefore(FIRST) && time.isBefore(LAST);
    }

    static long of(Instant time) {
        return time.getEpochSecond() * SECOND + time.getNano();
    }

    /** A duration; beyond 50 years it is 50 years. */
    static long of(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : duration.toNanos();
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    /** The start of the bucket of that length that a time falls in. */
    static long floor(long time, long length) {
        return Math.floorDiv(time, length) * length;
    }
}
