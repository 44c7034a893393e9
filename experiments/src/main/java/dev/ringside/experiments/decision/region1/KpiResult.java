package dev.ringside.experiments.decision.region1;

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
 * @param testable whether every arm has the minimum counts
 * @param estimate the difference, challenger less control; null while an arm has fewer than two units or no unit differs
 * @param interval null before the minimum counts, and for a monitor without a minimum effect
 * @param harm the harm test; null before the minimum counts and for a monitor
 * @param promotion the promotion look; null if the KPI had none at this closing
 * @param medianUnbiased the median-unbiased estimate of the difference, in the stage-wise ordering; only where the
 *     challenger is promoted at the KPI's first crossing, as the ordering knows no later stop
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
        @Nullable Double medianUnbiased) {
    /** Copies the list. */
    public KpiResult {
        arms = List.copyOf(arms);
    }

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
            /** The two-sided confidence sequence. */
            @JsonProperty("sequence")
            SEQUENCE
        }
    }

    /**
     * The test of the null that the challenger is not worse.
     *
     * @param statistic the difference in the harmful direction over its standard error
     * @param criticalZ the boundary of the one-sided confidence sequence
     */
    public record HarmTest(double statistic, double criticalZ) {
        /** Whether harm is proven. */
        public boolean proven() {
            return statistic >= criticalZ;
        }
    }

    KpiResult with(@Nullable Interval shown, @Nullable PromotionLook look, @Nullable Double median) {
        return new KpiResult(kpi, role, arms, testable, estimate, shown, harm, look, median);
    }
}
