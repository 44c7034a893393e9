package dev.ringside.contract.event;

import dev.ringside.contract.id.PredictionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A prediction that a router answered.
 *
 * @param predictionId its name
 * @param unit who was randomised, as the client named it
 * @param time when, by the router's clock
 * @param slot the model name in the URL
 * @param segment the slot's segment that the request fell in
 * @param experiment the experiment whose row covered the unit; null if none did, and then the unit is no control
 * @param epoch the row's epoch; null without an experiment
 * @param variant the arm that was assigned; null without an experiment
 * @param assignedVersion the version that the arm, or the champion's pointer, named
 * @param servedVersion the version that answered; another one than assigned if it fell back
 * @param propensity the probability of the assigned arm given coverage, 0 to 1; 1 without an experiment
 * @param reason why without an experiment: {@code not_covered, no_row, override, spool_full, break_glass}; or why it fell
 *     back: {@code deadline, failed, not_ready, refused}; null if nothing is special
 * @param requestId the request's {@code id}
 * @param action what the caller says it will do, for off-policy evaluation
 * @param actionPropensity the probability with which it does
 * @param router the router's id, kept on its disk
 * @param boot which start of that router, counting up
 * @param sequence counts up within (router, boot); a partition drops what it has seen
 */
public record Prediction(
        PredictionId predictionId,
        String unit,
        Instant time,
        String slot,
        String segment,
        @Nullable String experiment,
        @Nullable Integer epoch,
        @Nullable String variant,
        String assignedVersion,
        String servedVersion,
        double propensity,
        @Nullable String reason,
        @Nullable String requestId,
        @Nullable String action,
        @Nullable Double actionPropensity,
        String router,
        long boot,
        long sequence)
        implements UnitEvent {
    /** Whether another version answered than the assigned one. */
    public boolean fellBack() {
        return !assignedVersion.equals(servedVersion);
    }

    /** The keyed hash of the unit. */
    public long unitHash() {
        return predictionId.unitHash();
    }
}
