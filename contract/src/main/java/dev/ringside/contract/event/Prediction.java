package dev.ringside.contract.event;

import dev.ringside.contract.id.PredictionId;
import dev.ringside.contract.inference.Tensor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 * @param defaulted the slot's features that the model did not get as they are kept, but their default for at least one row,
 *     and why: {@code late, away, absent, unreadable, no_key}; null if there is none
 * @param cached true if the answer was kept from an earlier request that asked the same, and the model was not asked; null
 *     if it was. No rule reads it
 * @param inputs what the model was asked, by the slot's inputs: what the client sent, with the slot's features; null where the slot does not log it, or an event would be
 *     longer than {@value #LONGEST} bytes. No rule reads it
 * @param outputs what was answered; null as for inputs
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
        long sequence,
        @Nullable Map<String, String> defaulted,
        @Nullable Boolean cached,
        @Nullable List<Tensor> inputs,
        @Nullable List<Tensor> outputs)
        implements UnitEvent {
    /** The bytes that an event takes at most; one whose inputs and outputs do not fit goes without them. */
    public static final int LONGEST = 64 << 10;

    /** Copies the collections. */
    public Prediction {
        defaulted = defaulted == null ? null : Map.copyOf(defaulted);
        inputs = inputs == null ? null : List.copyOf(inputs);
        outputs = outputs == null ? null : List.copyOf(outputs);
    }

    /** One that says nothing of features, inputs and outputs. */
    public Prediction(
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
            long sequence) {
        this(
                predictionId,
                unit,
                time,
                slot,
                segment,
                experiment,
                epoch,
                variant,
                assignedVersion,
                servedVersion,
                propensity,
                reason,
                requestId,
                action,
                actionPropensity,
                router,
                boot,
                sequence,
                null,
                null,
                null,
                null);
    }

    /** The same with the features that had their default, and why. */
    public Prediction withDefaulted(@Nullable Map<String, String> features) {
        return features == null && defaulted == null ? this : with(features, cached, inputs, outputs);
    }

    /** The same, saying whether its answer was kept from an earlier request. */
    public Prediction withCached(boolean kept) {
        return with(defaulted, kept ? true : null, inputs, outputs);
    }

    /** The same with what was asked and answered. */
    public Prediction with(@Nullable List<Tensor> asked, @Nullable List<Tensor> answered) {
        return with(defaulted, cached, asked, answered);
    }

    private Prediction with(
            @Nullable Map<String, String> features,
            @Nullable Boolean kept,
            @Nullable List<Tensor> asked,
            @Nullable List<Tensor> answered) {
        return new Prediction(
                predictionId,
                unit,
                time,
                slot,
                segment,
                experiment,
                epoch,
                variant,
                assignedVersion,
                servedVersion,
                propensity,
                reason,
                requestId,
                action,
                actionPropensity,
                router,
                boot,
                sequence,
                features,
                kept,
                asked,
                answered);
    }

    /**
     * The same without features, inputs and outputs, as if it had been answered in another experiment, or in none.
     *
     * @param inExperiment the experiment; null for none, and then epoch and variant are too
     */
    public Prediction exposedTo(@Nullable String inExperiment, @Nullable Integer inEpoch, @Nullable String inVariant) {
        return new Prediction(
                predictionId,
                unit,
                time,
                slot,
                segment,
                inExperiment,
                inEpoch,
                inVariant,
                assignedVersion,
                servedVersion,
                propensity,
                reason,
                requestId,
                action,
                actionPropensity,
                router,
                boot,
                sequence);
    }

    /** Whether another version answered than the assigned one. */
    public boolean fellBack() {
        return !assignedVersion.equals(servedVersion);
    }

    /** The keyed hash of the unit. */
    public long unitHash() {
        return predictionId.unitHash();
    }
}
