package dev.ringside.experiments.decision;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look says about one KPI.
 *
 * @param kpi its name
 * @param role what it is for
 * @param arms units and mean by variant, the control first
 * @param testable whether a stratum has the minimum counts, so that a normal approximation may speak
 * @param estimate the difference, challenger less control; null while an arm has fewer than two units or no unit differs
 * @param interval null before the minimum counts, and for a monitor without a minimum effect
 * @param harm the harm test; null for a monitor, for a wave, and before the first unit
 * @param promotion the promotion look; null if the KPI had none at this time
 * @param medianUnbiased the median-unbiased estimate of the difference, in the stage-wise ordering; only where the region
 *     or wave ends and the KPI had not crossed at an earlier look, as the ordering knows no other stop
 * @param leftOut the strata that have units, and too few to be summed
 */
public record KpiResult(
        String kpi,
        Role role,
        List<ArmMean> arms,
        boolean testable,
        @Nullable Estimate estimate,
        @Nullable Interval interval,
        @Nullable HarmTest harm,
        @Nullable PromotionLook promotion,
        @Nullable Double medianUnbiased,
        List<LeftOut> leftOut) {
    /** Copies the lists. */
    public KpiResult {
        arms = List.copyOf(arms);
        leftOut = List.copyOf(leftOut);
    }

    /** The difference to show: the median-unbiased one where there is one, never the naive one beside it. */
    public @Nullable Double shown() {
        if (medianUnbiased != null) {
            return medianUnbiased;
        }
        return estimate == null ? null : Double.valueOf(estimate.difference());
    }

    /**
     * A stratum that is left out.
     *
     * @param segment its region
     * @param epoch its epoch
     * @param units of the two arms that are compared
     * @param events of these, those with a value other than zero
     */
    public record LeftOut(String segment, int epoch, long units, long events) {}

    /**
     * An arm.
     *
     * @param units closed units that count for the KPI
     * @param events those with a value other than zero
     * @param mean weighted over epochs as the difference is; null without units
     */
    public record ArmMean(
            String variant,
            long units,
            long events,
            @Nullable Double mean) {}

    /**
     * The difference.
     *
     * @param difference challenger less control, in the KPI's unit
     * @param standardError of it
     * @param information 1 / standard error²
     * @param fraction of the planned information; null where none is planned
     */
    public record Estimate(
            double difference,
            double standardError,
            double information,
            @Nullable Double fraction) {}

    /**
     * An interval around the difference that stays valid however often one looks.
     *
     * @param lower its lower end
     * @param upper its upper end
     * @param kind how it was made
     */
    public record Interval(double lower, double upper, Kind kind) {
        /** How an interval was made. */
        public enum Kind {
            /** The difference ± the promotion look's boundary: the effects that this look's test would not reject. */
            @JsonProperty("repeated")
            REPEATED,
            /** Those that a result as extreme as this one would not reject, in the order of the looks; at a stop. */
            @JsonProperty("final")
            FINAL,
            /** The two-sided confidence sequence. */
            @JsonProperty("sequence")
            SEQUENCE
        }
    }

    /**
     * The test of the null that the challenger is not worse, a guardrail that it is not worse by more than its margin. Its
     * evidence is an e-value: under the null it ever reaches 1 / α with probability at most α.
     *
     * @param logEvidence the natural logarithm of the evidence against the null
     * @param logThreshold −ln α
     * @param logMeans of the part that compares means; null while no stratum has the minimum counts
     * @param logCounts of the part that counts units with an event; null where the KPI has none
     */
    public record HarmTest(
            double logEvidence,
            double logThreshold,
            @Nullable Double logMeans,
            @Nullable Double logCounts) {
        /** Whether harm is proven. */
        public boolean proven() {
            return logEvidence >= logThreshold;
        }
    }

    KpiResult with(@Nullable Interval shown, @Nullable PromotionLook look, @Nullable Double median) {
        return new KpiResult(kpi, role, arms, testable, estimate, shown, harm, look, median, leftOut);
    }
}
