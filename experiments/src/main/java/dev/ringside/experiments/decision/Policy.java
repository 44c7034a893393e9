package dev.ringside.experiments.decision;

import dev.ringside.experiments.decision.Decision.SampleRatioResult;
import dev.ringside.experiments.decision.KpiResult.HarmTest;
import dev.ringside.experiments.decision.Verdict.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policy that decides a look: a pure function of design and evidence. A region is asked, in order:
 *
 * <ol>
 *   <li><b>Harm.</b> If the primary KPI is proven worse than the champion's, or a guardrail worse by more than its margin,
 *       RollBack, whatever the gate says: a test of harm holds at every look, and what loses units loses its traffic.
 *   <li><b>Sample ratio.</b> At an alarm Pause: no comparison of the arms can be trusted, and nobody is to be exposed to what
 *       may be broken until a person has looked. Where no look comes after, Inconclusive.
 *   <li><b>Blocks.</b> What happened to units unequally, or unequal outcome rates: Blocked. No KPI is looked at for promotion,
 *       so no α is spent by a look that could not have promoted.
 *   <li><b>Promotion</b>, where regions are decided one by one, when the second week or a later one has closed, or at the
 *       last look: each KPI that decides has its own group-sequential test at the whole α, as all must be proven. Promote if
 *       each one's latest look crossed; a test that has spent all its α rests on its last look.
 *   <li><b>Inconclusive</b>, if no other look comes, or if an unproven KPI has spent all its α at the planned information, so
 *       that no later look could promote. What is blocked at the last look ends Inconclusive too: Blocked asks for something
 *       to be put right before the next look, and there is none; the champion stays, and the first reason names the block,
 *       so nothing is claimed about the KPI.
 *   <li>Else <b>Continue</b>. Futility never stops early.
 * </ol>
 *
 * <p>A wave is asked for promotion only: its regions' own looks may veto. A holdback is asked for harm only.
 *
 * <p>While a region runs the interval shown is the confidence sequence. When a look for promotion ends it, it is the one of
 * the stage-wise ordering around the median-unbiased estimate, or, where the KPI had crossed before, the repeated one. All
 * hold however often one looks.
 */
public final class Policy {
    /** Which policy this is; any change of a rule or of a number in a record changes it. */
    public static final String VERSION = "region/2";

    /** The first week of a region at whose end a promotion may be decided. */
    public static final int FIRST_WEEK = 2;

    /** The sample-ratio alarm comes by chance in at most one of so many experiments. */
    public static final double ALARM_ONE_IN = Gate.ONE_IN;

    /** The largest share of units seen in another arm with which a promotion may be decided. */
    public static final double MOST_CROSSED = Gate.MOST_CROSSED;

    private final Design.Unit design;
    private final Evidence evidence;
    private final Gate gate;
    private final Reasons reasons;
    private final List<KpiLook> looks;

    private Policy(Design.Unit design, Evidence evidence) {
        this.design = design;
        this.evidence = evidence;
        this.gate = new Gate(design, evidence);
        this.reasons = new Reasons(design, evidence);
        this.looks = design.kpis().stream()
                .map(plan -> new KpiLook(design, plan, evidence))
                .toList();
    }

    /**
     * Decides one look.
     *
     * @throws IllegalArgumentException if the evidence lacks an arm of the design
     */
    public static Decision decide(Design design, Evidence evidence) {
        return switch (design) {
            case Design.Unit unit -> new Policy(unit, evidence).decide();
        };
    }

    private Decision decide() {
        List<KpiResult> results = looks.stream().map(KpiLook::result).toList();
        SampleRatioResult ratio = gate.sampleRatio();
        Decision decision = switch (evidence.scope()) {
            case Scope.Region _ -> region(results, ratio);
            case Scope.Wave _ -> promotionDue() ? look(results, ratio) : goOn(results, ratio);
            case Scope.Holdback _ -> holdback(results, ratio);
        };
        return new Decision(decision.verdict().and(reasons.cutShort()), decision.kpis(), decision.sampleRatio());
    }

    private Decision region(List<KpiResult> results, SampleRatioResult ratio) {
        List<String> harms = harms(results);
        List<Gate.Reason> blocks = gate.blocks();
        List<String> sentences = blocks.stream().map(Gate.Reason::sentence).toList();
        if (ratio.alarm()) {
            sentences = join(List.of(gate.alarm(ratio)), sentences);
        }
        if (!harms.isEmpty()) {
            return new Decision(new Verdict.RollBack(join(harms, sentences)), results, ratio);
        }
        if (ratio.alarm()) {
            return ended(sentences, new Verdict.Pause(sentences), results, ratio);
        }
        if (!blocks.isEmpty()) {
            List<Block> because =
                    blocks.stream().map(Gate.Reason::block).distinct().toList();
            return ended(sentences, new Verdict.Blocked(because, sentences), results, ratio);
        }
        return ownPromotion() && promotionDue() ? look(results, ratio) : goOn(results, ratio);
    }

    private Decision holdback(List<KpiResult> results, SampleRatioResult ratio) {
        List<String> harms = harms(results);
        return harms.isEmpty() ? goOn(results, ratio) : new Decision(new Verdict.RollBack(harms), results, ratio);
    }

    private List<String> harms(List<KpiResult> results) {
        var sentences = new ArrayList<String>();
        for (int i = 0; i < results.size(); i++) {
            HarmTest harm = results.get(i).harm();
            if (harm != null && harm.proven()) {
                sentences.add(reasons.harm(looks.get(i).plan(), results.get(i), harm));
            }
        }
        return sentences;
    }

    private Decision ended(List<String> why, Verdict open, List<KpiResult> results, SampleRatioResult ratio) {
        Verdict verdict = evidence.last() && ownPromotion()
                ? new Verdict.Inconclusive(join(why, List.of(reasons.timeIsUp())))
                : open;
        return new Decision(verdict, results, ratio);
    }

    private boolean ownPromotion() {
        return design.scope() == DecisionScope.REGION;
    }

    private boolean promotionDue() {
        Integer week = evidence.week();
        return evidence.last() || (week != null && week >= FIRST_WEEK);
    }

    private Decision goOn(List<KpiResult> results, SampleRatioResult ratio) {
        return new Decision(new Verdict.Continue(reasons.goOn(results)), results, ratio);
    }

    private Decision look(List<KpiResult> results, SampleRatioResult ratio) {
        List<@Nullable PromotionLook> made = new ArrayList<>();
        var proven = new ArrayList<String>();
        var unproven = new ArrayList<String>();
        boolean hopeless = evidence.last();
        for (int i = 0; i < results.size(); i++) {
            KpiLook kpi = looks.get(i);
            PromotionLook look = kpi.look(results.get(i));
            made.add(look);
            if (!kpi.plan().decides()) {
                continue;
            }
            KpiHistory history = kpi.history(look);
            if (history.proven()) {
                proven.add(reasons.proven(kpi.plan(), results.get(i), history, look));
            } else {
                unproven.add(reasons.unproven(kpi.plan(), results.get(i), history, look));
                hopeless |= kpi.exhausted(history);
            }
        }
        Verdict verdict;
        if (unproven.isEmpty()) {
            verdict = new Verdict.Promote(proven);
        } else if (hopeless) {
            String end = evidence.last() ? reasons.timeIsUp() : reasons.alphaIsSpent();
            verdict = new Verdict.Inconclusive(Stream.of(unproven, proven, List.of(end))
                    .flatMap(List::stream)
                    .toList());
        } else {
            verdict = new Verdict.Continue(join(unproven, proven));
        }
        return new Decision(verdict, shown(results, made, verdict), ratio);
    }

    private List<KpiResult> shown(List<KpiResult> results, List<@Nullable PromotionLook> made, Verdict verdict) {
        var shown = new ArrayList<KpiResult>();
        for (int i = 0; i < results.size(); i++) {
            KpiResult result = results.get(i);
            PromotionLook look = made.get(i);
            if (look == null) {
                shown.add(result);
            } else if (verdict.ends()) {
                shown.add(looks.get(i).stopped(result, look));
            } else {
                shown.add(result.with(result.interval(), look, null));
            }
        }
        return shown;
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
