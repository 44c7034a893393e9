package dev.ringside.training.gate;

import dev.ringside.training.evaluation.Judged;
import dev.ringside.training.evaluation.offpolicy.OffPolicyResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What gates judge a model by.
 *
 * @param challenger the test part with the model's answers
 * @param champion the same rows in the same order with the champion's answers; null where the slot has no champion
 * @param segments of each row, null for a row without one; null for no segments
 * @param export the exported file as measured; null where nothing was exported
 * @param offPolicy its value by a log of another policy; null where no actions were logged
 */
@SuppressWarnings("ArrayRecordComponent") // a column of a table, never compared
public record Evidence(
        Judged challenger,
        @Nullable Judged champion,
        @Nullable String @Nullable [] segments,
        @Nullable Export export,
        @Nullable OffPolicyResult offPolicy) {
    /**
     * The exported file as measured.
     *
     * @param bytes its size
     * @param calls how often it was called with one row
     * @param p99 what 99 of 100 calls took at most
     * @param parityRows how many rows it was compared on with the trained model
     * @param parityDifference the largest absolute difference of a score among them
     */
    public record Export(long bytes, int calls, Duration p99, int parityRows, double parityDifference) {}

    public Evidence {
        requireRows("champion's answers", champion == null ? null : champion.size(), challenger.size());
        requireRows("segments", segments == null ? null : segments.length, challenger.size());
        if (champion != null && champion.getClass() != challenger.getClass()) {
            throw new IllegalArgumentException(
                    "the champion's answers are " + champion.getClass().getSimpleName() + " where the challenger's are "
                            + challenger.getClass().getSimpleName() + ", expected the same task");
        }
    }

    private static void requireRows(String what, @Nullable Integer found, int expected) {
        if (found != null && found != expected) {
            throw new IllegalArgumentException(
                    "there are " + found + " " + what + " for " + expected + " rows, expected as many");
        }
    }

    /** The rows of one segment, without what is not measured by rows. */
    Evidence select(int[] rows) {
        return new Evidence(challenger.select(rows), champion == null ? null : champion.select(rows), null, null, null);
    }
}
