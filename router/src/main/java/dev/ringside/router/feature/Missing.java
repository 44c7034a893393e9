package dev.ringside.router.feature;

import java.util.Locale;

/** Why a feature had its default. */
public enum Missing {
    /** The store did not answer within the budget. */
    LATE,
    /** The store cannot be reached, or was not asked because it has lately not answered in time. */
    AWAY,
    /** There is no such hash, or it has no such field. */
    ABSENT,
    /** What stands there is no value of the input's type, or no hash. */
    UNREADABLE,
    /** The request does not say what the key is made of. */
    NO_KEY;

    /** As events and meters write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
