package dev.ringside.experiments.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A region that enrols nobody any more: how it came to its end, what was proven, and what is kept behind a promotion. */
public sealed interface EndedRegion extends Region {
    /** As it ran last; null if it never did. */
    @Nullable
    Running last();

    /** How it ended. */
    Ending ending();

    /** Begins again, counting nothing of what was before. */
    default Running reopen(RowEpoch afresh) {
        Running last = last();
        return last == null
                ? new Running(segment(), wave(), List.of(afresh))
                : last.again(afresh, PastRun.of(last, state(), ending(), proof(), holdback()));
    }

    /** It ended after it ran. */
    sealed interface Decided extends EndedRegion {
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

    /**
     * The challenger is, or was then made, champion.
     *
     * @param proven what was proven; null if nothing was
     * @param holdback what keeps the old champion for some; null if nothing ever did
     */
    record Promoted(
            Running last,
            Ending ending,
            @Nullable Proof proven,
            @Nullable Holdback holdback) implements Decided {
        /** Takes what a look at it has proven. */
        public Promoted {
            proven = Proof.by(ending, Proof.Proven.BETTER, proven);
        }

        /** Whether some still get the old champion. */
        public boolean holdsBack() {
            return holdback != null && holdback.open();
        }

        /** Whether looks at what was held back are still to come. */
        public boolean watchesHoldback() {
            return holdback != null && holdback.watched();
        }

        /** The challenger is champion of everybody, and nothing that was held back is looked at any more. */
        public Promoted endHoldback(Ending end) {
            return holdback == null || !holdback.watched()
                    ? this
                    : new Promoted(last, ending, proven, holdback.end(end));
        }

        /** The challenger is champion of everybody; what was held back to the end is looked at once it has closed. */
        public Promoted holdbackIsUp(Ending end) {
            return holdback == null || !holdback.open()
                    ? this
                    : new Promoted(last, ending, proven, holdback.timeIsUp(end));
        }

        /** The champion before becomes champion again. */
        public RolledBack rollBack(Ending undoing) {
            return new RolledBack(last, undoing, proven, holdback);
        }
    }

    /**
     * The challenger went.
     *
     * @param proven what was proven; null if nothing was
     * @param holdback what kept the old champion for some before; null if nothing did
     */
    record RolledBack(
            Running last,
            Ending ending,
            @Nullable Proof proven,
            @Nullable Holdback holdback) implements Decided {
        /** Takes what a look at it has proven. */
        public RolledBack {
            proven = Proof.by(ending, Proof.Proven.WORSE, proven);
        }

        /** A region behind whose promotion nothing was held back. */
        public RolledBack(Running last, Ending ending, @Nullable Proof proven) {
            this(last, ending, proven, null);
        }

        /** A person makes the challenger champion all the same. */
        public Promoted promote(Ending undoing, @Nullable Holdback holdback) {
            return new Promoted(last, undoing, proven, holdback);
        }
    }

    /** The time was over. */
    record Inconclusive(Running last, Ending ending) implements Decided {
        /** A person makes the challenger champion all the same. */
        public Promoted promote(Ending undoing, @Nullable Holdback holdback) {
            return new Promoted(last, undoing, null, holdback);
        }

        /** The challenger, which somebody made champion since, goes. */
        public RolledBack rollBack(Ending undoing) {
            return new RolledBack(last, undoing, null);
        }
    }

    /**
     * A person ended it, or it was never begun.
     *
     * @param proven what was proven before; null if nothing was
     */
    record Stopped(
            String segment,
            int wave,
            @Nullable Running last,
            Ending ending,
            @Nullable Proof proven) implements EndedRegion {
        /**
         * A person makes the challenger champion all the same.
         *
         * @throws IllegalStateException if it never ran
         */
        public Promoted promote(Ending undoing, @Nullable Holdback holdback) {
            return new Promoted(ran(undoing), undoing, proven, holdback);
        }

        /**
         * The challenger, which somebody made champion since, goes.
         *
         * @throws IllegalStateException if it never ran
         */
        public RolledBack rollBack(Ending undoing) {
            return new RolledBack(ran(undoing), undoing, proven);
        }

        private Running ran(Ending undoing) {
            if (last == null) {
                throw new IllegalStateException("region '" + segment + "' never ran, so nothing is undone by "
                        + undoing.by().name());
            }
            return last;
        }
    }
}
