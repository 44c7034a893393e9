package dev.ringside.experiments.decision;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.kpi.KpiDefinition.Direction;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import dev.ringside.contract.kpi.KpiDefinition.Values;
import dev.ringside.experiments.analysis.Difference;
import dev.ringside.experiments.analysis.NormalMixture;
import dev.ringside.experiments.analysis.Occurrence;
import dev.ringside.experiments.analysis.RareEvents;
import dev.ringside.experiments.decision.Evidence.ArmUnits;
import dev.ringside.experiments.decision.Evidence.Cohort;
import dev.ringside.experiments.decision.KpiResult.HarmTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The evidence that the challenger is worse in one KPI than it may be: a mean of two e-values, which is one itself. The
 * part that compares means is the stronger where both arms have events; the part that counts units with an event is exact
 * from the first one on, and all there is while an arm has none. No minimum counts stand before it: a challenger that fails
 * totally never reaches any.
 */
final class HarmEvidence {
    private static final double MEANS_SHARE = 0.8;

    private final Design.Unit design;
    private final KpiPlan plan;
    private final Evidence evidence;
    private final @Nullable Difference difference;

    /**
     * @param difference null while a normal approximation may not speak
     */
    HarmEvidence(Design.Unit design, KpiPlan plan, Evidence evidence, @Nullable Difference difference) {
        this.design = design;
        this.plan = plan;
        this.evidence = evidence;
        this.difference = difference;
    }

    /**
     * Tests the null that the KPI is not worse, a guardrail not by more than its margin.
     *
     * @return null for a KPI that does not decide, and while there is nothing to test
     */
    @Nullable
    HarmTest test() {
        if (!plan.decides()) {
            return null;
        }
        Double means = means();
        Double counts = counts();
        if (means == null && counts == null) {
            return null;
        }
        double threshold = -StrictMath.log(design.harmAlpha());
        if (counts == null && !counted()) {
            return new HarmTest(bounded(means), threshold, bounded(means), null);
        }
        double together = RareEvents.logMean(MEANS_SHARE, bounded(means), bounded(counts));
        return new HarmTest(
                together, threshold, means == null ? null : bounded(means), counts == null ? null : bounded(counts));
    }

    /** No evidence at all is e⁻⁷⁰⁰, as JSON has no infinity. */
    private static double bounded(@Nullable Double log) {
        return log == null ? -700 : StrictMath.max(-700, log);
    }

    private @Nullable Double means() {
        Double star = plan.informationStar();
        if (difference == null || star == null) {
            return null;
        }
        double z = plan.definition().kind() == KpiDefinition.Kind.PROPORTION
                ? difference.statistic(-plan.sign(), -plan.margin())
                : difference.statisticOfSkewed(-plan.sign(), -plan.margin());
        return NormalMixture.narrowestAt(star, design.harmAlpha()).logEvidence(difference.information(), z);
    }

    /** Whether units with an event say something about harm in this KPI; known from its definition alone. */
    private boolean counted() {
        return switch (plan.definition().kind()) {
            case PROPORTION -> true;
            // A guardrail's margin is one of means; how many have a value says nothing about it.
            case MEAN ->
                plan.definition().values() == Values.NON_NEGATIVE
                        && plan.definition().role() == Role.PRIMARY;
        };
    }

    private @Nullable Double counts() {
        List<Cohort> cohorts = evidence.cohorts(plan.name());
        if (!counted() || cohorts.isEmpty()) {
            return null;
        }
        boolean up = plan.definition().direction() == Direction.UP;
        if (plan.definition().kind() == KpiDefinition.Kind.MEAN) {
            List<Occurrence> events = occurrences(cohorts);
            return up ? RareEvents.logFewerThanHalf(events) : RareEvents.logMoreThanTwice(events);
        }
        if (plan.definition().role() == Role.GUARDRAIL) {
            List<Occurrence> good = strata(cohorts).stream()
                    .map(events -> up ? events : events.others())
                    .toList();
            return RareEvents.logFewerByMoreThan(plan.margin(), good);
        }
        List<Occurrence> events = occurrences(cohorts);
        List<Occurrence> others = events.stream().map(Occurrence::others).toList();
        return up
                ? RareEvents.logMean(RareEvents.logFewer(events), RareEvents.logMore(others))
                : RareEvents.logMean(RareEvents.logMore(events), RareEvents.logFewer(others));
    }

    private List<Occurrence> occurrences(List<Cohort> cohorts) {
        var all = new ArrayList<Occurrence>(cohorts.size());
        for (Cohort cohort : cohorts) {
            all.add(occurrence(cohort));
        }
        return all;
    }

    private Occurrence occurrence(Cohort cohort) {
        ArmUnits control = cohort.arm(design.contrast().control());
        ArmUnits challenger = cohort.arm(design.contrast().arm());
        return new Occurrence(control.units(), challenger.units(), control.events(), challenger.events());
    }

    private record Place(String segment, int epoch) {}

    private List<Occurrence> strata(List<Cohort> cohorts) {
        Map<Place, Occurrence> strata = new LinkedHashMap<>();
        for (Cohort cohort : cohorts) {
            strata.merge(new Place(cohort.segment(), cohort.epoch()), occurrence(cohort), Occurrence::plus);
        }
        return List.copyOf(strata.values());
    }
}
