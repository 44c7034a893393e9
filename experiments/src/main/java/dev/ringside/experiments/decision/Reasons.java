package dev.ringside.experiments.decision;

import static dev.ringside.experiments.decision.Numbers.count;
import static dev.ringside.experiments.decision.Numbers.number;
import static dev.ringside.experiments.decision.Numbers.percent;

import dev.ringside.contract.json.DurationText;
import dev.ringside.contract.kpi.KpiDefinition.Kind;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import dev.ringside.experiments.decision.KpiResult.Estimate;
import dev.ringside.experiments.decision.KpiResult.HarmTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sentences that say why, with the numbers that they rest on. */
final class Reasons {
    private final Design.Unit design;
    private final Evidence evidence;

    Reasons(Design.Unit design, Evidence evidence) {
        this.design = design;
        this.evidence = evidence;
    }

    String harm(KpiPlan plan, KpiResult result, HarmTest harm) {
        String what = plan.definition().role() == Role.GUARDRAIL
                ? " is proven worse by more than its margin of " + number(plan.margin())
                : " is proven worse";
        return plan.name() + what + ": " + difference(plan, result) + ", " + counted(result)
                + "; the odds for harm are e^" + number(harm.logEvidence()) + " to 1, e^" + number(harm.logThreshold())
                + " proves it at whichever look (one-sided α " + number(design.harmAlpha()) + ").";
    }

    private String counted(KpiResult result) {
        return result.arms().stream()
                .filter(this::compared)
                .map(arm -> arm.variant() + " has " + count(arm.events()) + " of " + count(arm.units()))
                .collect(Collectors.joining(", "));
    }

    private boolean compared(KpiResult.ArmMean arm) {
        return arm.variant().equals(design.contrast().control())
                || arm.variant().equals(design.contrast().arm());
    }

    /** Why nothing is done: first what is known about harm, then what was left out, then when promotion is looked at. */
    List<String> goOn(List<KpiResult> results) {
        var sentences = new ArrayList<String>();
        if (!(evidence.scope() instanceof Scope.Wave)) {
            sentences.add("No harm is proven.");
        }
        for (KpiResult result : results) {
            if (result.role() != Role.MONITOR && !result.testable()) {
                sentences.add(tooFew(plan(result.kpi()), result));
            } else if (result.role() != Role.MONITOR && !result.leftOut().isEmpty()) {
                sentences.add(leftOut(result));
            }
        }
        if (!(evidence.scope() instanceof Scope.Holdback)) {
            sentences.add(
                    "Promotion is looked at when a week since the start has closed, from the second on, and at the end"
                            + (evidence.scope() instanceof Scope.Region && design.scope() == DecisionScope.WAVE
                                    ? ", of all regions of the wave together."
                                    : "."));
        }
        return sentences;
    }

    private static String leftOut(KpiResult result) {
        return result.kpi() + " leaves out what has too few units or events to be compared: "
                + result.leftOut().stream()
                        .map(left -> "epoch " + left.epoch() + " of " + left.segment() + " (" + count(left.units())
                                + " units, " + count(left.events()) + " with a value other than zero)")
                        .collect(Collectors.joining(", "))
                + ".";
    }

    /** Which cohorts are left out because their treatment was cut short. */
    List<String> cutShort() {
        return evidence.strata().stream()
                .flatMap(stratum -> stratum.cutShort().stream()
                        .map(cut -> cut.kpi() + " leaves out who came to epoch " + stratum.epoch() + " of "
                                + stratum.segment() + " from " + cut.first() + " on: at " + cut.closedAt()
                                + " they lost what they were assigned, before the KPI's window was over."))
                .toList();
    }

    private KpiPlan plan(String kpi) {
        return design.kpis().stream()
                .filter(plan -> plan.name().equals(kpi))
                .findFirst()
                .orElseThrow();
    }

    String timeIsUp() {
        return "The longest duration of " + DurationText.format(design.maxDuration())
                + " is reached; no other look will come.";
    }

    String alphaIsSpent() {
        return "The planned information is reached and all α is spent; no later look could promote.";
    }

    String proven(KpiPlan plan, KpiResult result, KpiHistory history, @Nullable PromotionLook look) {
        String what = plan.definition().role() == Role.GUARDRAIL
                ? " is proven to stay within its margin of " + number(plan.margin())
                : " is proven better";
        return plan.name() + what + ": " + tested(plan, result, history, look, "reached");
    }

    String unproven(KpiPlan plan, KpiResult result, KpiHistory history, @Nullable PromotionLook look) {
        if (!result.testable()) {
            return tooFew(plan, result);
        }
        String what = plan.definition().role() == Role.GUARDRAIL
                ? " is not proven to stay within its margin of " + number(plan.margin())
                : " is not proven better";
        Estimate estimate = result.estimate();
        if (history.latest() == null && estimate != null && estimate.fraction() != null) {
            return plan.name() + what + ": " + difference(plan, result) + ", and the closed cohorts hold "
                    + percent(estimate.fraction()) + " of the planned information; it is first looked at from "
                    + percent(design.minimumFraction()) + " on.";
        }
        return plan.name() + what + ": " + tested(plan, result, history, look, "is below");
    }

    private String tested(
            KpiPlan plan, KpiResult result, KpiHistory history, @Nullable PromotionLook look, String verb) {
        PromotionLook latest = history.latest();
        if (latest == null) {
            return "it has not been looked at.";
        }
        String when = look == null ? " at its latest look of " + latest.at() : "";
        return difference(plan, result) + ", z = " + number(latest.statistic()) + " " + verb + " the boundary "
                + number(latest.criticalZ()) + when + " (look "
                + history.looks().size() + ", "
                + percent(latest.fraction()) + " of the planned information, one-sided α "
                + number(design.promotionAlpha()) + ", " + number(latest.alphaSpent()) + " of it spent).";
    }

    private static String difference(KpiPlan plan, KpiResult result) {
        Estimate estimate = result.estimate();
        if (estimate == null) {
            return "no difference is known";
        }
        double good = plan.sign() * estimate.difference();
        String how = good > 0 ? "better by " : good < 0 ? "worse by " : "no different, ";
        return "the challenger is " + how + number(StrictMath.abs(good)) + " (standard error "
                + number(estimate.standardError()) + ")";
    }

    private String tooFew(KpiPlan plan, KpiResult result) {
        Design.MinimumCounts minimum = design.minimumCounts();
        boolean proportion = plan.definition().kind() == Kind.PROPORTION;
        return plan.name() + " has too few units for its means to be compared: an epoch needs " + minimum.units()
                + " closed units of each arm, and of both together " + minimum.events()
                + " with a value other than zero"
                + (proportion ? " and " + minimum.nonEvents() + " with zero" : "") + " (" + counted(result) + " by "
                + evidence.at() + ").";
    }
}
