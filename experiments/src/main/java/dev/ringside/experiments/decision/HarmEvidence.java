package dev.ringside.experiments.decision;

import dev.ringside.contract.kpi.KpiDefinition.Kind;
import dev.ringside.experiments.analysis.Difference;
import dev.ringside.experiments.analysis.NormalMixture;
import dev.ringside.experiments.decision.KpiResult.HarmTest;
import org.jspecify.annotations.Nullable;

/** The evidence that the challenger is worse in one KPI than it may be. */
final class HarmEvidence {
    private HarmEvidence() {}

    /**
     * Tests the null that the KPI is not worse, a guardrail not by more than its margin.
     *
     * @param difference null while a normal approximation may not speak
     * @return null for a KPI that does not decide, and while there is nothing to test
     */
    static @Nullable HarmTest test(
            Design.Unit design, KpiPlan plan, Evidence evidence, @Nullable Difference difference) {
        Double star = plan.informationStar();
        if (!plan.decides() || star == null || difference == null) {
            return null;
        }
        double z = plan.definition().kind() == Kind.PROPORTION
                ? difference.statistic(-plan.sign(), -plan.margin())
                : difference.statisticOfSkewed(-plan.sign(), -plan.margin());
        double means = NormalMixture.narrowestAt(star, design.harmAlpha()).logEvidence(difference.information(), z);
        return new HarmTest(means, -StrictMath.log(design.harmAlpha()), means, null);
    }
}
