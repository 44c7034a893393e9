package dev.ringside.experiments.decision.region1;

import dev.ringside.contract.kpi.KpiDefinition.Kind;
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.analysis.GroupSequential;
import dev.ringside.experiments.analysis.GroupSequential.Stage;
import dev.ringside.experiments.analysis.NormalMixture;
import dev.ringside.experiments.analysis.Spending;
import dev.ringside.experiments.decision.region1.Comparison.Stratum;
import dev.ringside.experiments.decision.region1.KpiResult.ArmMean;
import dev.ringside.experiments.decision.region1.KpiResult.Estimate;
import dev.ringside.experiments.decision.region1.KpiResult.HarmTest;
import dev.ringside.experiments.decision.region1.KpiResult.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One KPI at one look: its estimate, its confidence sequences, and its place in its own group-sequential test.
 *
 * <p>Tests are made in the good direction: a KPI of which less is better is mirrored, a guardrail shifted by its margin.
 * What is shown is never mirrored.
 */
final class KpiAnalysis {
    private final Design design;
    private final KpiPlan plan;
    private final Evidence evidence;
    private final KpiHistory history;

    KpiAnalysis(Design design, KpiPlan plan, Evidence evidence) {
        this.design = design;
        this.plan = plan;
        this.evidence = evidence;
        this.history = evidence.history(plan.name());
    }

    KpiPlan plan() {
        return plan;
    }

    /** Everything but the promotion look. */
    KpiResult result() {
        List<Stratum> strata = evidence.epochs().stream()
                .map(epoch -> new Stratum(
                        epoch.arm(design.control()).moments(plan.name()),
                        epoch.arm(design.challenger()).moments(plan.name())))
                .toList();
        Comparison comparison = Comparison.stratified(strata).orElse(null);
        Estimate estimate = comparison == null ? null : estimate(comparison);
        boolean testable = estimate != null && enough(design.control()) && enough(design.challenger());
        Double star = plan.informationStar();
        return new KpiResult(
                plan.name(),
                plan.definition().role(),
                evidence.variants().stream().map(v -> arm(v, comparison)).toList(),
                testable,
                estimate,
                testable && estimate != null && star != null ? sequence(estimate, star) : null,
                testable && estimate != null && star != null && plan.decides() ? harm(estimate, star) : null,
                null,
                null);
    }

    private @Nullable Estimate estimate(Comparison comparison) {
        if (!(comparison.standardError() > 0)) {
            return null;
        }
        Double most = plan.informationMax();
        return new Estimate(
                comparison.difference(),
                comparison.standardError(),
                comparison.information(),
                most == null ? null : comparison.information() / most);
    }

    private ArmMean arm(String variant, @Nullable Comparison comparison) {
        Moments moments = evidence.moments(variant, plan.name());
        Double mean = moments.units() == 0 ? null : Double.valueOf(Comparison.mean(moments));
        if (comparison != null && variant.equals(design.control())) {
            mean = comparison.controlMean();
        } else if (comparison != null && variant.equals(design.challenger())) {
            mean = comparison.challengerMean();
        }
        return new ArmMean(variant, moments.units(), moments.events(), mean);
    }

    private boolean enough(String variant) {
        Moments moments = evidence.moments(variant, plan.name());
        Design.MinimumCounts minimum = design.minimumCounts();
        return moments.units() >= minimum.units()
                && moments.events() >= minimum.events()
                && (plan.definition().kind() != Kind.PROPORTION
                        || moments.units() - moments.events() >= minimum.nonEvents());
    }

    private Interval sequence(Estimate estimate, double star) {
        double width = NormalMixture.narrowestAt(star, design.displayAlpha()).halfWidth(estimate.information());
        return new Interval(estimate.difference() - width, estimate.difference() + width, Interval.Kind.SEQUENCE);
    }

    private HarmTest harm(Estimate estimate, double star) {
        return new HarmTest(
                -plan.sign() * estimate.difference() / estimate.standardError(),
                NormalMixture.narrowestAt(star, design.harmAlpha()).criticalZ(estimate.information()));
    }

    /**
     * The promotion look of this closing, with as much α as its information allows, or all that is left if the
     * information reached the plan or no other look will come.
     *
     * @return null if there is nothing to look at: a monitor, counts below the minimum, no α left, less than the least
     *     fraction of the planned information, or hardly more than at the look before. It then spends nothing
     */
    @Nullable
    PromotionLook look(KpiResult result) {
        Estimate estimate = result.estimate();
        if (!plan.decides() || !result.testable() || estimate == null || estimate.fraction() == null || exhausted()) {
            return null;
        }
        double information = estimate.information();
        double fraction = estimate.fraction();
        PromotionLook before = history.latest();
        boolean grew = before == null || information >= GroupSequential.LEAST_GROWTH * before.information();
        if (!grew || (fraction < design.minimumFraction() && !evidence.last())) {
            return null;
        }
        double alpha = design.promotionAlpha();
        double spent = evidence.last() ? alpha : Spending.spent(alpha, fraction);
        double left = spent - history.alphaSpent();
        if (!(left > 0)) {
            return null;
        }
        return new PromotionLook(
                evidence.at(),
                information,
                fraction,
                spent,
                GroupSequential.critical(stages(), information, left),
                (plan.sign() * estimate.difference() + plan.margin()) / estimate.standardError());
    }

    private List<Stage> stages() {
        return history.looks().stream()
                .map(look -> new Stage(look.information(), look.criticalZ()))
                .toList();
    }

    /** The history with this closing's look, if it had one. */
    KpiHistory history(@Nullable PromotionLook look) {
        return look == null ? history : history.plus(look);
    }

    private boolean exhausted() {
        return exhausted(history);
    }

    /** Whether a test has spent all its α. */
    boolean exhausted(KpiHistory looks) {
        return looks.alphaSpent() >= design.promotionAlpha();
    }

    /** The effects that this look's test would not reject. */
    static @Nullable Interval repeated(KpiResult result, PromotionLook look) {
        Estimate estimate = result.estimate();
        if (estimate == null) {
            return null;
        }
        double width = look.criticalZ() * estimate.standardError();
        return new Interval(estimate.difference() - width, estimate.difference() + width, Interval.Kind.REPEATED);
    }

    /** The median-unbiased estimate of the difference, if this look is the test's first crossing. */
    @Nullable
    Double medianUnbiased(PromotionLook look) {
        if (!look.crossed() || history.everCrossed()) {
            return null;
        }
        double effect = GroupSequential.effectAt(stages(), look.information(), look.statistic(), 0.5);
        return plan.sign() * (effect - plan.margin());
    }
}
