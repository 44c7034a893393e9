package dev.ringside.experiments.decision.region1;

import static dev.ringside.contract.InvalidInput.require;

import java.time.Instant;

/**
 * One look of a KPI's group-sequential test.
 *
 * @param at the closing time of the cohort that it waited for
 * @param information 1 / standard error² in the closed cohorts
 * @param fraction of the planned information
 * @param alphaSpent in all looks up to this one
 * @param criticalZ the boundary
 * @param statistic the effect in the good direction, plus a guardrail's margin, over its standard error
 */
public record PromotionLook(
        Instant at, double information, double fraction, double alphaSpent, double criticalZ, double statistic) {
    public PromotionLook {
        require(information > 0, "information", "expected above 0, found " + information);
    }

    /** Whether the statistic reached the boundary. */
    public boolean crossed() {
        return statistic >= criticalZ;
    }
}
