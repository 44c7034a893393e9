package dev.ringside.experiments.decision.region1;

import static dev.ringside.experiments.decision.region1.Numbers.count;
import static dev.ringside.experiments.decision.region1.Numbers.number;
import static dev.ringside.experiments.decision.region1.Numbers.percent;

import dev.ringside.contract.json.DurationText;
import dev.ringside.contract.kpi.KpiDefinition.Kind;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import dev.ringside.experiments.decision.region1.KpiResult.Estimate;
import dev.ringside.experiments.decision.region1.KpiResult.HarmTest;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sentences that say why, with the numbers that they rest on. */
final class Reasons {
    private final Design design;
    private final Evidence evidence;

    Reasons(Design design, Evidence evidence) {
        this.design = design;
        this.evidence = evidence;
    }

    String harm(KpiPlan plan, KpiResult result, HarmTest harm) {
        return plan.name() + " is proven worse: " + difference(plan, result) + ", z = " + number(harm.statistic())
                + " in the harmful direction reached the boundary " + number(harm.criticalZ())
                + " that holds at every closing (one-sided α " + number(design.harmAlpha()) + ").";
    }

    String noHarm(List<KpiResult> results) {
        List<KpiResult> untested = results.stream()
                .filter(result -> result.role() != Role.MONITOR && !result.testable())
                .toList();
        if (untested.isEmpty()) {
            return "No harm is proven.";
        }
        return untested.stream()
                .map(result -> tooFew(plan(result.kpi()), result))
                .collect(Collectors.joining(" "));
    }

    private KpiPlan plan(String kpi) {
        return design.kpis().stream()
                .filter(plan -> plan.name().equals(kpi))
                .findFirst()
                .orElseThrow();
    }

    String nextLook() {
        return "Promotion is looked at when a week since the start has closed, from the second on, and at the end.";
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
        String have = result.arms().stream()
                .filter(arm ->
                        arm.variant().equals(design.control()) || arm.variant().equals(design.challenger()))
                .map(arm -> arm.variant() + " has " + count(arm.units()) + " and " + count(arm.events()))
                .collect(Collectors.joining(", "));
        return plan.name() + " has too few units to be tested: each arm needs " + minimum.units() + " closed units, "
                + minimum.events() + " of them with a value other than zero"
                + (proportion ? " and " + minimum.nonEvents() + " with zero" : "") + " (" + have + " by "
                + evidence.at() + ").";
    }
}
