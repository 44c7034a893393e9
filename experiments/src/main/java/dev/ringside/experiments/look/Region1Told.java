package dev.ringside.experiments.look;

import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.experiments.analysis.NormalMixture;
import dev.ringside.experiments.decision.Decision;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.Evidence.Arm;
import dev.ringside.experiments.decision.Evidence.Stratum;
import dev.ringside.experiments.decision.KpiHistory;
import dev.ringside.experiments.decision.KpiResult;
import dev.ringside.experiments.decision.KpiResult.ArmMean;
import dev.ringside.experiments.decision.KpiResult.Estimate;
import dev.ringside.experiments.decision.KpiResult.HarmTest;
import dev.ringside.experiments.decision.KpiResult.Interval;
import dev.ringside.experiments.decision.PromotionLook;
import dev.ringside.experiments.decision.Scope;
import dev.ringside.experiments.decision.Verdict;
import dev.ringside.experiments.decision.Verdict.Block;
import dev.ringside.experiments.decision.region1.Design;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells looks of policy region/1 in today's words, for those who show them; nothing is decided from it. */
final class Region1Told {
    private Region1Told() {}

    static Evidence evidence(dev.ringside.experiments.decision.region1.Evidence was) {
        return new Evidence(
                was.experiment(),
                new Scope.Region(was.segment()),
                was.startedAt(),
                was.at(),
                was.cohort(),
                was.week(),
                was.last(),
                was.epochs().stream()
                        .map(epoch -> new Stratum(
                                was.segment(),
                                epoch.epoch(),
                                epoch.arms().stream().map(Region1Told::arm).toList()))
                        .toList(),
                List.of(),
                was.history().stream()
                        .map(history -> new KpiHistory(
                                history.kpi(),
                                history.looks().stream().map(Region1Told::told).toList()))
                        .toList());
    }

    private static Arm arm(dev.ringside.experiments.decision.region1.Evidence.Arm arm) {
        var exposures = new ExposureCounts(arm.units(), arm.crossed(), arm.fellBack(), 0, 0, arm.unitHashSum());
        return new Arm(arm.variant(), arm.weight(), exposures, arm.moments());
    }

    private static PromotionLook told(dev.ringside.experiments.decision.region1.PromotionLook look) {
        return new PromotionLook(
                look.at(),
                look.information(),
                null,
                look.fraction(),
                look.alphaSpent(),
                look.criticalZ(),
                look.statistic());
    }

    static Decision decision(Design design, dev.ringside.experiments.decision.region1.Decision was) {
        return new Decision(
                verdict(was.verdict()),
                was.kpis().stream().map(kpi -> kpi(design, kpi)).toList(),
                new Decision.SampleRatioResult(
                        was.sampleRatio().logBayesFactor(), was.sampleRatio().alarm()));
    }

    private static Verdict verdict(dev.ringside.experiments.decision.region1.Verdict was) {
        return switch (was) {
            case dev.ringside.experiments.decision.region1.Verdict.Promote v -> new Verdict.Promote(v.reasons());
            case dev.ringside.experiments.decision.region1.Verdict.RollBack v -> new Verdict.RollBack(v.reasons());
            case dev.ringside.experiments.decision.region1.Verdict.Inconclusive v ->
                new Verdict.Inconclusive(v.reasons());
            case dev.ringside.experiments.decision.region1.Verdict.Continue v -> new Verdict.Continue(v.reasons());
            case dev.ringside.experiments.decision.region1.Verdict.Blocked v ->
                new Verdict.Blocked(v.because().stream().map(Region1Told::block).toList(), v.reasons());
        };
    }

    private static Block block(dev.ringside.experiments.decision.region1.Verdict.Block block) {
        return switch (block) {
            case SAMPLE_RATIO -> Block.SAMPLE_RATIO;
            case CROSSED_UNITS -> Block.CROSSED_UNITS;
            case OUTCOME_RATES -> Block.OUTCOME_RATES;
        };
    }

    private static KpiResult kpi(Design design, dev.ringside.experiments.decision.region1.KpiResult was) {
        dev.ringside.experiments.decision.region1.PromotionLook look = was.promotion();
        return new KpiResult(
                was.kpi(),
                was.role(),
                was.arms().stream()
                        .map(arm -> new ArmMean(arm.variant(), arm.units(), arm.events(), arm.mean()))
                        .toList(),
                was.testable(),
                estimate(was.estimate()),
                interval(was.interval()),
                harm(design, was),
                look == null ? null : told(look),
                was.medianUnbiased(),
                List.of());
    }

    private static @Nullable Estimate estimate(
            dev.ringside.experiments.decision.region1.KpiResult.@Nullable Estimate was) {
        return was == null
                ? null
                : new Estimate(was.difference(), was.standardError(), was.information(), was.fraction());
    }

    private static @Nullable Interval interval(
            dev.ringside.experiments.decision.region1.KpiResult.@Nullable Interval was) {
        if (was == null) {
            return null;
        }
        Interval.Kind kind = switch (was.kind()) {
            case REPEATED -> Interval.Kind.REPEATED;
            case SEQUENCE -> Interval.Kind.SEQUENCE;
        };
        return new Interval(was.lower(), was.upper(), kind);
    }

    private static @Nullable HarmTest harm(Design design, dev.ringside.experiments.decision.region1.KpiResult was) {
        dev.ringside.experiments.decision.region1.KpiResult.HarmTest test = was.harm();
        dev.ringside.experiments.decision.region1.KpiResult.Estimate estimate = was.estimate();
        if (test == null || estimate == null) {
            return null;
        }
        double alpha = design.harmAlpha();
        Double star = design.kpis().stream()
                .filter(plan -> plan.name().equals(was.kpi()))
                .findFirst()
                .orElseThrow()
                .informationStar();
        double means = star == null
                ? 0
                : NormalMixture.narrowestAt(star, alpha).logEvidence(estimate.information(), test.statistic());
        return new HarmTest(means, -StrictMath.log(alpha), means, null);
    }
}
