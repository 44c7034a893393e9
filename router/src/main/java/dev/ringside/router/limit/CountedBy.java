package dev.ringside.router.limit;

import java.util.Locale;

/** Who counts a request: what is done where the routers' common count is not known in time. */
public enum CountedBy {
    /** All routers together. */
    SHARED,
    /** This router by itself, as the store did not answer within the budget. */
    LOCAL_LATE,
    /** This router by itself, as the store cannot be reached, or was not asked since it has lately not answered in time. */
    LOCAL_AWAY;

    /** As meters write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
