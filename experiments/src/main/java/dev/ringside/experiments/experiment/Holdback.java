package dev.ringside.experiments.experiment;

import static dev.ringside.contract.InvalidInput.require;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The old champion, kept behind a promotion for a part of those who had it: what the promotion is worth is measured on,
 * and harm that comes late is found.
 *
 * @param epoch of its own; its arms are weighted by the shares of all units that they get, in millionths
 * @param assignedBy the epoch whose split says which units were control
 * @param ofControlMillionths which part of those keeps the old champion, in millionths
 * @param endsAt until when, event time
 * @param ended how it came to an end; null while it lasts
 * @param inGrace whether nobody is held back any more because its time was over, and cohorts of its last days are still to
 *     close: they are looked at like those before. Null for no
 */
public record Holdback(
        RowEpoch epoch,
        int assignedBy,
        int ofControlMillionths,
        Instant endsAt,
        @Nullable Ending ended,
        @Nullable Boolean inGrace) {
    private static final String SUFFIX = ".holdback";

    /** Takes no for null. */
    public Holdback {
        inGrace = Boolean.TRUE.equals(inGrace) ? inGrace : null;
    }

    /** One that lasts. */
    public Holdback(RowEpoch epoch, int assignedBy, int ofControlMillionths, Instant endsAt) {
        this(epoch, assignedBy, ofControlMillionths, endsAt, null, null);
    }

    /** The name under which what is held back of an experiment is routed and counted. */
    public static String countedAs(String experiment) {
        return experiment + SUFFIX;
    }

    /** The experiment of a name under which something is counted. */
    public static String experimentOf(String countedAs) {
        return countedAs.endsWith(SUFFIX) ? countedAs.substring(0, countedAs.length() - SUFFIX.length()) : countedAs;
    }

    /** Whether units are still held back. */
    public boolean open() {
        return ended == null;
    }

    /** Whether looks at it are still to come: it is open, or cohorts of its last days are in grace. */
    public boolean watched() {
        return open() || inGrace != null;
    }

    /** Its time is over; what is in grace is still looked at. */
    Holdback timeIsUp(Ending ending) {
        return ended(ending, true);
    }

    /** Is over, and nothing of it is looked at any more. */
    Holdback end(Ending ending) {
        return ended == null
                ? ended(ending, null)
                : new Holdback(epoch, assignedBy, ofControlMillionths, endsAt, ended, null);
    }

    private Holdback ended(Ending ending, @Nullable Boolean grace) {
        Instant at = ending.at();
        return new Holdback(
                at == null ? epoch : epoch.closed(at), assignedBy, ofControlMillionths, endsAt, ending, grace);
    }

    /**
     * What an experiment's document plans.
     *
     * @param share of all units of a segment that keep the old champion
     * @param duration for how long
     */
    public record Plan(Coverage share, Duration duration) {
        private static final int LARGEST = 500_000;
        private static final Duration SHORTEST = Duration.ofDays(1);
        private static final Duration LONGEST = Duration.ofDays(365);

        /** What applies where the document says nothing. */
        static final Plan DEFAULT = new Plan(new Coverage(50_000), Duration.ofDays(28));

        /** Checks both. */
        public Plan {
            require(share.millionths() <= LARGEST, "share", "expected at most 50%, found " + share);
            require(
                    duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0,
                    "duration",
                    "expected 1d to 365d, found " + duration);
        }
    }
}
