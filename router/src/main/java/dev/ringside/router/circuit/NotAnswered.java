package dev.ringside.router.circuit;

/** A store has not said what it has. */
public final class NotAnswered extends Exception {
    private static final long serialVersionUID = 1L;

    private final Why why;

    /** What kept it. */
    public enum Why {
        /** It did not answer within the budget. */
        LATE,
        /** It cannot be reached, or was not asked because it has lately not answered in time. */
        AWAY
    }

    NotAnswered(Why why) {
        super(why.name(), null, false, false);
        this.why = why;
    }

    /** What kept it. */
    public Why why() {
        return why;
    }
}
