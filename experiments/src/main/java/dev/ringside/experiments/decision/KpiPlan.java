package dev.ringside.experiments.decision;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.experiments.analysis.Normal;
import org.jspecify.annotations.Nullable;

/**
 * A KPI and how much must be known of it, frozen when its experiment starts.
 *
 * @param definition the registered KPI
 * @param informationMax the information, 1 / standard error², at which its test is planned to end: ((z₁₋α + z_power) /
 *     effect)², with the margin of a guardrail, else the minimum effect, as the effect; null for a monitor without a
 *     minimum effect, which then has no interval
 * @param informationStar the information at which its confidence sequences are narrowest, a tenth of that
 */
public record KpiPlan(
        KpiDefinition definition,
        @Nullable Double informationMax,
        @Nullable Double informationStar) {
    private static final double EARLY = 10;

    public KpiPlan {
        require(
                (informationMax == null) == (informationStar == null),
                "information_star",
                "expected together with information_max, found " + informationStar + " and " + informationMax);
        require(
                !(decides(definition) && informationMax == null),
                "information_max",
                "a KPI that decides needs one, found none for " + definition.name());
    }

    /**
     * Plans a KPI.
     *
     * @param alpha of a promotion, one-sided
     * @param tests how many KPIs must be proven at once: each gets its share of the probability of missing an effect
     */
    static KpiPlan of(KpiDefinition definition, double alpha, int tests) {
        Double effect =
                definition.role() == KpiDefinition.Role.GUARDRAIL ? definition.margin() : definition.minimumEffect();
        if (effect == null) {
            return new KpiPlan(definition, null, null);
        }
        double missed = (1 - definition.power()) / (decides(definition) ? tests : 1);
        double root = (Normal.upperQuantile(alpha) + Normal.upperQuantile(missed)) / effect;
        return new KpiPlan(definition, root * root, root * root / EARLY);
    }

    private static boolean decides(KpiDefinition definition) {
        return definition.role() != KpiDefinition.Role.MONITOR;
    }

    /** Whether promotion depends on it: the primary KPI and the guardrails. */
    public boolean decides() {
        return decides(definition);
    }

    /** The KPI's name. */
    public String name() {
        return definition.name();
    }

    /** 1 if more is better, −1 if less is. */
    double sign() {
        return definition.direction() == KpiDefinition.Direction.UP ? 1 : -1;
    }

    /** How much worse the challenger may be: a guardrail's margin, else 0. */
    double margin() {
        Double margin = definition.margin();
        return margin == null ? 0 : margin;
    }
}
