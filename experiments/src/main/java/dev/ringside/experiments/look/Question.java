package dev.ringside.experiments.look;

import java.util.Locale;

/** What a look is made for. At the same time they are asked in this order. */
enum Question {
    /** Does the challenger harm, do units come as planned? A region's own, at each time at which something is known. */
    WATCH,
    /** Is the challenger better? Of a region or a wave, when a week has closed and at the end. */
    PROMOTION,
    /** Does the challenger harm after its promotion, compared with those held back? */
    HOLDBACK;

    /** As it stands in the store. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
