package dev.ringside.experiments.decision;

import static dev.ringside.contract.InvalidInput.require;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One look of a KPI's group-sequential test.
 *
 * @param at event time of the look
 * @param information 1 / standard error² in the closed cohorts
 * @param time the variance of the weighted sum whose quotient the difference is, by which two looks are correlated; null in
 *     a look of policy region/1: then the information is the time
 * @param fraction of the planned information
 * @param alphaSpent in all looks up to this one
 * @param criticalZ the boundary
 * @param statistic the effect in the good direction, plus a guardrail's margin, over its standard error
 */
public record PromotionLook(
        Instant at,
        double information,
        @Nullable Double time,
        double fraction,
        double alphaSpent,
        double criticalZ,
        double statistic) {
    public PromotionLook {
        require(information > 0, "information", "expected above 0, found " + information);
    }

    /** Whether the statistic reached the boundary. */
    public boolean crossed() {
        return statistic >= criticalZ;
    }
}
