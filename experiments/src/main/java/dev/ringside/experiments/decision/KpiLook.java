package dev.ringside.experiments.decision;

import dev.ringside.contract.kpi.KpiDefinition.Kind;
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.analysis.Difference;
import dev.ringside.experiments.analysis.GroupSequential;
import dev.ringside.experiments.analysis.GroupSequential.Stage;
import dev.ringside.experiments.analysis.NormalMixture;
import dev.ringside.experiments.analysis.Spending;
import dev.ringside.experiments.analysis.StagewiseOrdering;
import dev.ringside.experiments.decision.KpiResult.ArmMean;
import dev.ringside.experiments.decision.KpiResult.Estimate;
import dev.ringside.experiments.decision.KpiResult.Interval;
import dev.ringside.experiments.decision.KpiResult.LeftOut;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One KPI at one look: its estimate, its confidence sequence, its harm test, and its place in its own group-sequential
 * test.
 *
 * <p>Tests are made in the good direction: a KPI of which less is better is mirrored, a guardrail shifted by its margin.
 * What is shown is never mirrored.
 */
final class KpiLook {
    /**
     * The share of α by which the bound on the harmful side of the interval at a stop may miss; a roll-back before, whose
     * interval mostly misses where there is no harm, has the rest, so that both sides together keep to twice α.
     */
    private static final double HARMFUL_SHARE = 0.5;

    /** How much more than the look before a forced look counts as having, at the least, so that it is never skipped. */
    private static final double FORCED_GROWTH = 1.01;

    private final Design.Unit design;
    private final KpiPlan plan;
    private final Evidence evidence;
    private final KpiHistory history;
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final @Nullable Difference difference;
    private final boolean testable;

    KpiLook(Design.Unit design, KpiPlan plan, Evidence evidence) {
        this.design = design;
        this.plan = plan;
        this.evidence = evidence;
        this.history = evidence.history(plan.name());
        var all = new ArrayList<Difference.Stratum>();
        var speaking = new ArrayList<Difference.Stratum>();
        for (Evidence.Stratum stratum : evidence.strata()) {
            Moments control = stratum.arm(design.contrast().control()).moments(plan.name());
            Moments challenger = stratum.arm(design.contrast().arm()).moments(plan.name());
            var compared = new Difference.Stratum(control, challenger);
            all.add(compared);
            if (enough(control, challenger)) {
                speaking.add(compared);
            } else if (control.units() + challenger.units() > 0) {
                leftOut.add(new LeftOut(
                        stratum.segment(),
                        stratum.epoch(),
                        control.units() + challenger.units(),
                        control.events() + challenger.events()));
            }
        }
        this.difference = Difference.stratified(speaking.isEmpty() ? all : speaking)
                .filter(found -> found.standardError() > 0)
                .orElse(null);
        this.testable = difference != null && !speaking.isEmpty();
    }

    private boolean enough(Moments control, Moments challenger) {
        return design.minimumCounts().met(plan.definition().kind(), control, challenger);
    }

    private boolean proportion() {
        return plan.definition().kind() == Kind.PROPORTION;
    }

    KpiPlan plan() {
        return plan;
    }

    /** Everything but the promotion look. */
    KpiResult result() {
        Double star = plan.informationStar();
        Estimate estimate = estimate();
        return new KpiResult(
                plan.name(),
                plan.definition().role(),
                evidence.variants().stream().map(this::arm).toList(),
                testable,
                estimate,
                testable && estimate != null && star != null ? sequence(estimate, star) : null,
                evidence.scope() instanceof Scope.Wave
                        ? null
                        : new HarmEvidence(design, plan, evidence, spoken()).test(),
                null,
                null,
                leftOut);
    }

    private @Nullable Difference spoken() {
        return testable ? difference : null;
    }

    private @Nullable Estimate estimate() {
        if (difference == null) {
            return null;
        }
        Double most = plan.informationMax();
        return new Estimate(
                difference.difference(),
                difference.standardError(),
                difference.information(),
                most == null ? null : difference.information() / most);
    }

    private ArmMean arm(String variant) {
        Moments moments = evidence.moments(variant, plan.name());
        Double mean = moments.units() == 0 ? null : Double.valueOf(Difference.mean(moments));
        if (difference != null && variant.equals(design.contrast().control())) {
            mean = difference.controlMean();
        } else if (difference != null && variant.equals(design.contrast().arm())) {
            mean = difference.challengerMean();
        }
        return new ArmMean(variant, moments.units(), moments.events(), mean);
    }

    private Interval sequence(Estimate estimate, double star) {
        double width = NormalMixture.narrowestAt(star, design.displayAlpha()).halfWidth(estimate.information());
        return new Interval(estimate.difference() - width, estimate.difference() + width, Interval.Kind.SEQUENCE);
    }

    /**
     * The promotion look, with as much α as the information allows, or all that is left where it is forced: the information
     * reached the plan, or no other look will come.
     *
     * @return null if there is nothing to look at: a monitor, no stratum with the minimum counts, no α left, less than the
     *     least fraction of the planned information, or hardly more than at the look before. It then spends nothing
     */
    @Nullable
    PromotionLook look(KpiResult result) {
        Estimate estimate = result.estimate();
        if (!plan.decides() || !testable || difference == null || estimate == null || estimate.fraction() == null) {
            return null;
        }
        double fraction = estimate.fraction();
        boolean forced = evidence.last() || fraction >= 1;
        if (exhausted(history) || (fraction < design.minimumFraction() && !forced)) {
            return null;
        }
        PromotionLook before = history.latest();
        double time = history.timed() ? difference.time() : difference.information();
        double least = before == null ? 0 : (forced ? FORCED_GROWTH : GroupSequential.LEAST_GROWTH) * time(before);
        if (time < least && !forced) {
            return null;
        }
        time = StrictMath.max(time, least);
        double alpha = design.promotionAlpha();
        double spent = forced ? alpha : Spending.spent(alpha, fraction);
        double left = spent - history.alphaSpent();
        if (!(left > 0)) {
            return null;
        }
        return new PromotionLook(
                evidence.at(),
                estimate.information(),
                history.timed() ? Double.valueOf(time) : null,
                fraction,
                spent,
                GroupSequential.critical(stages(), time, left),
                proportion()
                        ? difference.statistic(plan.sign(), plan.margin())
                        : difference.statisticOfSkewed(plan.sign(), plan.margin()));
    }

    private static double time(PromotionLook look) {
        Double time = look.time();
        return time == null ? look.information() : time;
    }

    private List<Stage> stages() {
        return history.looks().stream()
                .map(look -> stage(look, look.criticalZ()))
                .toList();
    }

    private static Stage stage(PromotionLook look, double z) {
        double time = time(look);
        return new Stage(time, time == look.information() ? time : StrictMath.sqrt(look.information() * time), z);
    }

    /** The history with this look, if there was one. */
    KpiHistory history(@Nullable PromotionLook look) {
        return look == null ? history : history.plus(look);
    }

    /** Whether a test has spent all its α. */
    boolean exhausted(KpiHistory looks) {
        return looks.alphaSpent() >= design.promotionAlpha();
    }

    /** What is shown of the KPI when a look for promotion ends the region or wave. */
    KpiResult stopped(KpiResult result, PromotionLook look) {
        boolean ordered = !history.everCrossed() && (look.crossed() || look.alphaSpent() >= design.promotionAlpha());
        if (!ordered || difference == null) {
            return result.with(repeated(result, look), look, null);
        }
        double alpha = design.promotionAlpha();
        double statistic = difference.statistic(plan.sign(), plan.margin());
        var ordering = new StagewiseOrdering(stages(), stage(look, statistic));
        double least = shown(bound(difference, ordering.effectAt(alpha), look.crossed()));
        double most = shown(bound(difference, ordering.effectAt(1 - HARMFUL_SHARE * alpha), false));
        return result.with(
                new Interval(StrictMath.min(least, most), StrictMath.max(least, most), Interval.Kind.FINAL),
                look,
                shown(ordering.effectAt(0.5)));
    }

    /** @param proven whether the test has cleared that bound; it must not be shown as open then */
    private double bound(Difference of, double effect, boolean proven) {
        if (proportion()) {
            return effect;
        }
        return proven
                ? of.boundOfSkewed(plan.sign(), plan.margin(), effect)
                : of.widestBoundOfSkewed(plan.sign(), plan.margin(), effect);
    }

    /** An effect in the good direction as a difference, challenger less control. */
    private double shown(double effect) {
        return plan.sign() * (effect - plan.margin());
    }

    /** The effects that this look's test would not reject. */
    private static @Nullable Interval repeated(KpiResult result, PromotionLook look) {
        Estimate estimate = result.estimate();
        if (estimate == null) {
            return null;
        }
        double width = look.criticalZ() * estimate.standardError();
        return new Interval(estimate.difference() - width, estimate.difference() + width, Interval.Kind.REPEATED);
    }
}
