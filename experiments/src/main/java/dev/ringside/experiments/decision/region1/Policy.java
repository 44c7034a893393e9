package dev.ringside.experiments.decision.region1;

import dev.ringside.experiments.decision.region1.Decision.SampleRatioResult;
import dev.ringside.experiments.decision.region1.KpiResult.HarmTest;
import dev.ringside.experiments.decision.region1.KpiResult.Interval;
import dev.ringside.experiments.decision.region1.Verdict.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policy that decides a region at each closing of a cohort: a pure function of design and evidence. In order:
 *
 * <ol>
 *   <li><b>Sample ratio.</b> At an alarm nothing is concluded from comparing the arms, in neither direction: an estimate of
 *       harm is as untrustworthy as one of benefit, and rolling back would dress a broken pipeline up as a bad challenger.
 *       The verdict is Blocked and says so if harm would have been proven, so that a person can still roll back by hand; the
 *       harm test is made anew at the next closing and loses nothing, as its boundary holds at every look.
 *   <li><b>Harm.</b> If the primary KPI or a guardrail is proven worse than the champion, RollBack. Only the sample ratio
 *       stands before it: crossed units and unequal outcome rates block promotion, not protection.
 *   <li><b>Blocks.</b> Crossed units or unequal outcome rates: Blocked. No KPI is looked at for promotion, so no α is spent
 *       by a look that could not have promoted.
 *   <li><b>Promotion</b>, when the cohort completes week 2 or a later one, or is the last: each KPI that decides has its own
 *       group-sequential test at the whole α of the region, as all must be proven. Promote if each one's latest look
 *       crossed; a test that has spent all its α rests on its last look.
 *   <li><b>Inconclusive</b>, if the region's time is up, or if an unproven KPI has spent all its α at the planned
 *       information, so that no later look could promote. What is blocked at the last closing ends Inconclusive too:
 *       Blocked asks for something to be put right before the next look, and there is none; enrolment ends by the registered
 *       duration, the champion stays, and the first reason names the block, so nothing is claimed about the KPI.
 *   <li>Else <b>Continue</b>. Futility never stops a region early.
 * </ol>
 *
 * <p>The interval shown is the repeated one at Promote and Inconclusive for the KPIs looked at there, else the confidence
 * sequence; both hold however often one looks.
 */
public final class Policy {
    /** Which policy this is; any change of a rule or of a number in a record changes it. */
    public static final String VERSION = "region/1";

    private static final int FIRST_WEEK = 2;

    private final Evidence evidence;
    private final Gate gate;
    private final Reasons reasons;
    private final List<KpiAnalysis> analyses;

    private Policy(Design design, Evidence evidence) {
        this.evidence = evidence;
        this.gate = new Gate(design, evidence);
        this.reasons = new Reasons(design, evidence);
        this.analyses = design.kpis().stream()
                .map(plan -> new KpiAnalysis(design, plan, evidence))
                .toList();
    }

    /**
     * Decides one look.
     *
     * @throws IllegalArgumentException if the evidence lacks an arm of the design
     */
    public static Decision decide(Design design, Evidence evidence) {
        return new Policy(design, evidence).decide();
    }

    private Decision decide() {
        List<KpiResult> results = analyses.stream().map(KpiAnalysis::result).toList();
        SampleRatioResult ratio = gate.sampleRatio();
        List<String> harms = harms(results);
        if (ratio.alarm()) {
            var why = new ArrayList<String>();
            why.add(gate.alarm(ratio));
            if (!harms.isEmpty()) {
                why.add("Were the units as planned, harm would be proven:");
                why.addAll(harms);
            }
            return blocked(List.of(Block.SAMPLE_RATIO), why, results, ratio);
        }
        List<Gate.Reason> blocks = gate.blocks();
        List<String> blockSentences = blocks.stream().map(Gate.Reason::sentence).toList();
        if (!harms.isEmpty()) {
            return new Decision(new Verdict.RollBack(join(harms, blockSentences)), results, ratio);
        }
        if (!blocks.isEmpty()) {
            return blocked(blocks.stream().map(Gate.Reason::block).distinct().toList(), blockSentences, results, ratio);
        }
        return promotionDue() ? look(results, ratio) : goOn(results, ratio);
    }

    private List<String> harms(List<KpiResult> results) {
        var sentences = new ArrayList<String>();
        for (int i = 0; i < results.size(); i++) {
            HarmTest harm = results.get(i).harm();
            if (harm != null && harm.proven()) {
                sentences.add(reasons.harm(analyses.get(i).plan(), results.get(i), harm));
            }
        }
        return sentences;
    }

    private Decision blocked(List<Block> because, List<String> why, List<KpiResult> results, SampleRatioResult ratio) {
        Verdict verdict = evidence.last()
                ? new Verdict.Inconclusive(join(why, List.of(reasons.timeIsUp())))
                : new Verdict.Blocked(because, why);
        return new Decision(verdict, results, ratio);
    }

    private boolean promotionDue() {
        Integer week = evidence.week();
        return evidence.last() || (week != null && week >= FIRST_WEEK);
    }

    private Decision goOn(List<KpiResult> results, SampleRatioResult ratio) {
        return new Decision(new Verdict.Continue(List.of(reasons.noHarm(results), reasons.nextLook())), results, ratio);
    }

    private Decision look(List<KpiResult> results, SampleRatioResult ratio) {
        List<@Nullable PromotionLook> looks = new ArrayList<>();
        var proven = new ArrayList<String>();
        var unproven = new ArrayList<String>();
        boolean hopeless = evidence.last();
        for (int i = 0; i < results.size(); i++) {
            KpiAnalysis analysis = analyses.get(i);
            PromotionLook look = analysis.look(results.get(i));
            looks.add(look);
            if (!analysis.plan().decides()) {
                continue;
            }
            KpiHistory history = analysis.history(look);
            if (history.proven()) {
                proven.add(reasons.proven(analysis.plan(), results.get(i), history, look));
            } else {
                unproven.add(reasons.unproven(analysis.plan(), results.get(i), history, look));
                hopeless |= analysis.exhausted(history);
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
        return new Decision(verdict, shown(results, looks, verdict), ratio);
    }

    private List<KpiResult> shown(List<KpiResult> results, List<@Nullable PromotionLook> looks, Verdict verdict) {
        var shown = new ArrayList<KpiResult>();
        for (int i = 0; i < results.size(); i++) {
            KpiResult result = results.get(i);
            PromotionLook look = looks.get(i);
            Interval interval = result.interval();
            Double median = null;
            if (look != null && verdict.ends()) {
                interval = KpiAnalysis.repeated(result, look);
            }
            if (look != null && verdict instanceof Verdict.Promote) {
                median = analyses.get(i).medianUnbiased(look);
            }
            shown.add(result.with(interval, look, median));
        }
        return shown;
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
