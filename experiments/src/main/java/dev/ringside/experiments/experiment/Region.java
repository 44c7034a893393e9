package dev.ringside.experiments.experiment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of one segment in an experiment. Only the transitions that are legal are methods:
 *
 * <pre>
 * Waiting ─start─▶ Running ─promote─▶ Promoted ─rollBack─▶ RolledBack
 *    │                │ └─rollBack─▶ RolledBack   ─promote─▶ Promoted, ─reopen─▶ Running
 *    │                ├─endInconclusive─▶ Inconclusive (the same)
 *    └─stop─▶ Stopped ◀─stop─┘           (the same, if it ever ran)
 * </pre>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Region.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = Region.Running.class, name = "running"),
    @JsonSubTypes.Type(value = Region.Promoted.class, name = "promoted"),
    @JsonSubTypes.Type(value = Region.RolledBack.class, name = "rolled_back"),
    @JsonSubTypes.Type(value = Region.Inconclusive.class, name = "inconclusive"),
    @JsonSubTypes.Type(value = Region.Stopped.class, name = "stopped")
})
public sealed interface Region {
    /** The segment. */
    String segment();

    /** The wave that it belongs to, 0 for the first. */
    int wave();

    /** The word for its state. */
    default String state() {
        return switch (this) {
            case Waiting w -> "waiting";
            case Running r -> "running";
            case Promoted p -> "promoted";
            case RolledBack r -> "rolled_back";
            case Inconclusive i -> "inconclusive";
            case Stopped s -> "stopped";
        };
    }

    /** The region while it ran, or as it ran last; null if it never did. */
    default @Nullable Running ran() {
        return switch (this) {
            case Waiting w -> null;
            case Running running -> running;
            case Ended ended -> ended.last();
        };
    }

    /** It has not begun. */
    record Waiting(String segment, int wave) implements Region {
        /** Begins to enrol. */
        public Running start(RowEpoch first) {
            return new Running(segment, wave, List.of(first));
        }

        /** Is not going to begin. */
        public Stopped stop(Ending ending) {
            return new Stopped(segment, wave, null, ending);
        }
    }

    /**
     * It enrols units.
     *
     * @param epochs the first first; the last is the one that units enter now
     */
    record Running(String segment, int wave, List<RowEpoch> epochs) implements Region {
        public Running {
            if (epochs.isEmpty()) {
                throw new IllegalArgumentException("epochs: a running region has at least one");
            }
            epochs = List.copyOf(epochs);
        }

        /** The epoch that units enter now. */
        public RowEpoch current() {
            return epochs.getLast();
        }

        /** The epochs that make the present comparison, the first first: back to the last one that began afresh. */
        public List<RowEpoch> comparison() {
            int first = epochs.size() - 1;
            while (first > 0 && !epochs.get(first).fresh()) {
                first--;
            }
            return epochs.subList(first, epochs.size());
        }

        /** When it first began. */
        public Instant startedAt() {
            return epochs.getFirst().openedAt();
        }

        /** When it stops enrolling, so that its last cohorts can close and decide. */
        public Instant enrolsUntil(Duration maxDuration) {
            return comparison().getFirst().openedAt().plus(maxDuration);
        }

        /** Closes its epoch and opens the next. */
        public Running enter(RowEpoch next) {
            if (next.epoch() <= current().epoch()) {
                throw new IllegalArgumentException(
                        "epoch: expected more than " + current().epoch() + ", found " + next.epoch());
            }
            var all = new ArrayList<>(epochs);
            all.add(next);
            return new Running(segment, wave, all);
        }

        /** Lets more units in. */
        public Running cover(int millionths) {
            if (millionths < current().coverageMillionths()) {
                throw new IllegalArgumentException("coverage: only ever grows, is "
                        + current().coverageMillionths() + " millionths, found " + millionths);
            }
            var all = new ArrayList<>(epochs);
            all.set(all.size() - 1, current().covering(millionths));
            return new Running(segment, wave, all);
        }

        /** The challenger becomes champion. */
        public Promoted promote(Ending ending) {
            return new Promoted(this, ending);
        }

        /** The challenger goes, the champion stays. */
        public RolledBack rollBack(Ending ending) {
            return new RolledBack(this, ending);
        }

        /** The time is over without a verdict; the champion stays. */
        public Inconclusive endInconclusive(Ending ending) {
            return new Inconclusive(this, ending);
        }

        /** A person ends it; the champion stays. */
        public Stopped stop(Ending ending) {
            return new Stopped(segment, wave, this, ending);
        }
    }

    /** It enrols nobody any more. */
    sealed interface Ended extends Region {
        /** As it ran last; null if it never did. */
        @Nullable
        Running last();

        /** How it ended. */
        Ending ending();
    }

    /** It ended after it ran. */
    sealed interface Decided extends Ended {
        @Override
        Running last();

        @Override
        default String segment() {
            return last().segment();
        }

        @Override
        default int wave() {
            return last().wave();
        }
    }

    /** The challenger is, or was then made, champion. */
    record Promoted(Running last, Ending ending) implements Decided {
        /** The champion before becomes champion again. */
        public RolledBack rollBack(Ending undoing) {
            return new RolledBack(last, undoing);
        }
    }

    /** The challenger went. */
    record RolledBack(Running last, Ending ending) implements Decided {
        /** A person makes the challenger champion all the same. */
        public Promoted promote(Ending undoing) {
            return new Promoted(last, undoing);
        }

        /** Begins again, counting nothing of what was before. */
        public Running reopen(RowEpoch afresh) {
            return last.enter(afresh);
        }
    }

    /** The time was over. */
    record Inconclusive(Running last, Ending ending) implements Decided {
        /** A person makes the challenger champion all the same. */
        public Promoted promote(Ending undoing) {
            return new Promoted(last, undoing);
        }

        /** Begins again, counting nothing of what was before. */
        public Running reopen(RowEpoch afresh) {
            return last.enter(afresh);
        }
    }

    /** A person ended it, or it was never begun. */
    record Stopped(String segment, int wave, @Nullable Running last, Ending ending) implements Ended {
        /** Begins, or begins again, counting nothing of what was before. */
        public Running reopen(RowEpoch afresh) {
            return last == null ? new Running(segment, wave, List.of(afresh)) : last.enter(afresh);
        }

        /**
         * A person makes the challenger champion all the same.
         *
         * @throws IllegalStateException if it never ran
         */
        public Promoted promote(Ending undoing) {
            if (last == null) {
                throw new IllegalStateException("region '" + segment + "' never ran");
            }
            return new Promoted(last, undoing);
        }
    }
}
