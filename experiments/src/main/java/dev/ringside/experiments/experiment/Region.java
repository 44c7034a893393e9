package dev.ringside.experiments.experiment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The life of one segment in an experiment. Only the transitions that are legal are methods:
 *
 * <pre>
 * Waiting ─start─▶ Running ─promote─▶ Promoted ─rollBack─▶ RolledBack
 *    │               │ ▲ ├─rollBack─▶ RolledBack   ─promote─▶ Promoted, ─reopen─▶ Running
 *    │           pause │ ├─endInconclusive─▶ Inconclusive (the same)
 *    │               ▼ │ └─stop─▶ Stopped              (the same, if it ever ran)
 *    │            Paused ─resume─▶ Running, ─promote─▶, ─rollBack─▶, ─stop─▶
 *    └─stop─▶ Stopped
 * </pre>
 *
 * <p>A promoted region whose champion was changed from outside can be reopened too: see {@link Standing}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Region.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = Region.Running.class, name = "running"),
    @JsonSubTypes.Type(value = Region.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = EndedRegion.Promoted.class, name = "promoted"),
    @JsonSubTypes.Type(value = EndedRegion.RolledBack.class, name = "rolled_back"),
    @JsonSubTypes.Type(value = EndedRegion.Inconclusive.class, name = "inconclusive"),
    @JsonSubTypes.Type(value = EndedRegion.Stopped.class, name = "stopped")
})
public sealed interface Region permits Region.Waiting, Region.Running, Region.Paused, EndedRegion {
    /** The segment. */
    String segment();

    /** The wave that it belongs to, 0 for the first. */
    int wave();

    /** The word for its state. */
    default String state() {
        return switch (this) {
            case Waiting w -> "waiting";
            case Running r -> "running";
            case Paused p -> "paused";
            case EndedRegion.Promoted p -> "promoted";
            case EndedRegion.RolledBack r -> "rolled_back";
            case EndedRegion.Inconclusive i -> "inconclusive";
            case EndedRegion.Stopped s -> "stopped";
        };
    }

    /** The region while it ran, or as it ran last; null if it never did. */
    default @Nullable Running ran() {
        return switch (this) {
            case Waiting w -> null;
            case Running running -> running;
            case Paused paused -> paused.last();
            case EndedRegion ended -> ended.last();
        };
    }

    /** What was proven in its last comparison; null if nothing was. */
    default @Nullable Proof proof() {
        return switch (this) {
            case Waiting w -> null;
            case Running r -> null;
            case Paused paused -> paused.proven();
            case EndedRegion.Promoted promoted -> promoted.proven();
            case EndedRegion.RolledBack rolledBack -> rolledBack.proven();
            case EndedRegion.Inconclusive i -> null;
            case EndedRegion.Stopped stopped -> stopped.proven();
        };
    }

    /** What keeps, or kept, the old champion for some behind its promotion; null if nothing did. */
    default @Nullable Holdback holdback() {
        return null;
    }

    /** The same of its earlier runs too, the first first. */
    default List<Holdback> holdbacks() {
        Running ran = ran();
        var all = new ArrayList<Holdback>();
        if (ran != null) {
            ran.earlier().stream()
                    .map(PastRun::holdback)
                    .filter(Objects::nonNull)
                    .forEach(all::add);
        }
        Holdback last = holdback();
        if (last != null) {
            all.add(last);
        }
        return all;
    }

    /** It has not begun. */
    record Waiting(String segment, int wave) implements Region {
        /** Begins to enrol. */
        public Running start(RowEpoch first) {
            return new Running(segment, wave, List.of(first));
        }

        /** Is not going to begin. */
        public EndedRegion.Stopped stop(Ending ending) {
            return new EndedRegion.Stopped(segment, wave, null, ending, null);
        }
    }

    /**
     * It enrols units.
     *
     * @param epochs the first first; the last is the one that units enter now
     * @param past its earlier runs, the first first; null if it has none
     */
    record Running(
            String segment,
            int wave,
            List<RowEpoch> epochs,
            @Nullable List<PastRun> past) implements Region {
        public Running {
            if (epochs.isEmpty()) {
                throw new IllegalArgumentException("epochs: a running region has at least one");
            }
            epochs = List.copyOf(epochs);
            past = past == null || past.isEmpty() ? null : List.copyOf(past);
        }

        /** A region in its first run. */
        public Running(String segment, int wave, List<RowEpoch> epochs) {
            this(segment, wave, epochs, null);
        }

        /** Its earlier runs, the first first. */
        public List<PastRun> earlier() {
            return past == null ? List.of() : past;
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

        /** Cohorts that end later are not counted. */
        public Instant countsUntil(Duration maxDuration) {
            Instant counts = current().countsUntil();
            return counts == null ? comparison().getFirst().openedAt().plus(maxDuration) : counts;
        }

        /**
         * Until when units get their arms: treatment lasts as long as the longest window of a KPI that decides, also for the
         * last unit that is counted.
         */
        public Instant routesUntil(ExperimentDocument document) {
            return countsUntil(document.maxDuration()).plus(document.longestWindow());
        }

        /** Closes its epoch and opens the next. */
        public Running enter(RowEpoch next) {
            if (next.epoch() <= current().epoch()) {
                throw new IllegalArgumentException(
                        "epoch: expected more than " + current().epoch() + ", found " + next.epoch());
            }
            var all = new ArrayList<>(closed(next.openedAt()).epochs);
            all.add(next);
            return new Running(segment, wave, all, past);
        }

        /** Lets more units in. */
        public Running cover(int millionths) {
            if (millionths < current().coverageMillionths()) {
                throw new IllegalArgumentException("coverage: only ever grows, is "
                        + current().coverageMillionths() + " millionths, found " + millionths);
            }
            return with(current().covering(millionths));
        }

        private Running with(RowEpoch current) {
            var all = new ArrayList<>(epochs);
            all.set(all.size() - 1, current);
            return new Running(segment, wave, all, past);
        }

        private Running closed(@Nullable Instant at) {
            return at == null ? this : with(current().closed(at));
        }

        /** Begins another run; this one, as it ended, stays on record. */
        Running again(RowEpoch afresh, PastRun run) {
            var runs = new ArrayList<>(earlier());
            runs.add(run);
            return new Running(segment, wave, epochs, runs).enter(afresh);
        }

        /** Everybody gets the champion until somebody decides. */
        public Paused pause(Ending why) {
            return new Paused(closed(why.at()), why, null);
        }

        /**
         * The challenger becomes champion.
         *
         * @param holdback keeps the old champion for some; null for none
         */
        public EndedRegion.Promoted promote(Ending ending, @Nullable Holdback holdback) {
            return new EndedRegion.Promoted(closed(ending.at()), ending, null, holdback);
        }

        /** The challenger becomes champion of everybody. */
        public EndedRegion.Promoted promote(Ending ending) {
            return promote(ending, null);
        }

        /** The challenger goes, the champion stays. */
        public EndedRegion.RolledBack rollBack(Ending ending) {
            return new EndedRegion.RolledBack(closed(ending.at()), ending, null);
        }

        /** The time is over without a verdict; the champion stays. */
        public EndedRegion.Inconclusive endInconclusive(Ending ending) {
            return new EndedRegion.Inconclusive(closed(ending.at()), ending);
        }

        /** A person ends it; the champion stays. */
        public EndedRegion.Stopped stop(Ending ending) {
            return new EndedRegion.Stopped(segment, wave, closed(ending.at()), ending, null);
        }
    }

    /**
     * Everybody gets the champion, until it is resumed or ended.
     *
     * @param last as it ran
     * @param pause who paused it, when and why
     * @param proven what was proven; null if nothing was
     */
    record Paused(Running last, Ending pause, @Nullable Proof proven) implements Region {
        @Override
        public String segment() {
            return last.segment();
        }

        @Override
        public int wave() {
            return last.wave();
        }

        /**
         * Whether what is resumed counts nothing of what was before: what made a look at it pause it would do so
         * again at once.
         */
        public boolean beginsAfresh() {
            return pause.byLook();
        }

        /** Knows that harm was proven, where a look paused it for that. */
        public Paused provenWorse() {
            return new Paused(last, pause, Proof.by(pause, Proof.Proven.WORSE, proven));
        }

        /** Goes on in another epoch. */
        public Running resume(RowEpoch next) {
            return next.fresh() ? last.again(next, PastRun.of(last, state(), pause, proven, null)) : last.enter(next);
        }

        /** The challenger becomes champion. */
        public EndedRegion.Promoted promote(Ending ending, @Nullable Holdback holdback) {
            return new EndedRegion.Promoted(last, ending, proven, holdback);
        }

        /** The challenger goes, the champion stays. */
        public EndedRegion.RolledBack rollBack(Ending ending) {
            return new EndedRegion.RolledBack(last, ending, proven);
        }

        /** A person ends it; the champion stays. */
        public EndedRegion.Stopped stop(Ending ending) {
            return new EndedRegion.Stopped(segment(), wave(), last, ending, proven);
        }
    }
}
