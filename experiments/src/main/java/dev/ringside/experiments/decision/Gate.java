package dev.ringside.experiments.decision;

import static dev.ringside.experiments.decision.Numbers.count;
import static dev.ringside.experiments.decision.Numbers.number;
import static dev.ringside.experiments.decision.Numbers.percent;

import dev.ringside.contract.kpi.KpiDefinition.Missing;
import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.experiments.analysis.SampleRatio;
import dev.ringside.experiments.decision.Decision.SampleRatioResult;
import dev.ringside.experiments.decision.Evidence.Arm;
import dev.ringside.experiments.decision.Evidence.Stratum;
import dev.ringside.experiments.decision.Verdict.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Whether a region's data may decide at all. Each question is asked of counts by arm, with the same sequential test: are
 * they in the planned ratio? Of the units exposed that is the sample-ratio test; of what happened to them it asks whether
 * their share is alike in all arms. Counts are those of every cohort that the horizon has passed, whatever the KPIs wait
 * for. Factors are multiplied over strata as they are now, never their extremes: the product is then itself an e-value.
 */
final class Gate {
    /** An alarm comes by chance in at most one of so many experiments. */
    static final double ONE_IN = 1000;

    /** A lost half is found soonest by the first, a lost hundredth by the second. */
    private static final double[] OF_UNITS = {100, 10_000};

    /** What should not happen is rare: held to the plan as closely as units are, it would never say anything. */
    private static final double[] OF_RARE = {10, 1_000};

    static final double MOST_CROSSED = 0.005;

    private final Design.Unit design;
    private final Evidence evidence;

    Gate(Design.Unit design, Evidence evidence) {
        this.design = design;
        this.evidence = evidence;
    }

    SampleRatioResult sampleRatio() {
        double evidenceAgainst = logBayesFactor(Gate::units, OF_UNITS);
        return new SampleRatioResult(evidenceAgainst, alarm(evidenceAgainst));
    }

    private static long units(Arm arm) {
        return arm.exposures().units();
    }

    /** The sentence about an alarm. */
    String alarm(SampleRatioResult result) {
        return "Units did not come to the arms as planned (" + byArm(Gate::units) + ", planned " + weights()
                + "; the odds against the plan are e^" + number(result.logBayesFactor())
                + " to 1, the alarm is at 1000), so no comparison of the arms can be trusted.";
    }

    /**
     * What happens to units and should happen alike in all arms.
     *
     * @param least the difference of two arms' shares of units that is too small to change a verdict, and does not block
     */
    private record Mishap(Block block, ToLongFunction<ExposureCounts> counted, double least, String sentence) {}

    private static final List<Mishap> MISHAPS = List.of(
            new Mishap(
                    Block.CROSSED_UNITS,
                    ExposureCounts::crossed,
                    0,
                    "Units seen in more than one arm are not alike in all arms"),
            new Mishap(
                    Block.FALLBACKS,
                    ExposureCounts::fellBack,
                    0.001,
                    "Units that the champion answered in the assigned version's place are not alike in all arms"),
            new Mishap(
                    Block.LATE_EXPOSURES,
                    ExposureCounts::lateExposures,
                    0.001,
                    "Predictions that came after their unit was settled are not alike in all arms"),
            new Mishap(
                    Block.LATE_OUTCOMES,
                    ExposureCounts::lateOutcomes,
                    0.005,
                    "Outcomes that came too late are not alike in all arms"));

    /** What stands in the way of a promotion, beside the sample ratio. */
    List<Reason> blocks() {
        var reasons = new ArrayList<Reason>();
        for (Mishap mishap : MISHAPS) {
            if (mishap.block() == Block.CROSSED_UNITS && tooManyCrossed()) {
                reasons.add(new Reason(
                        Block.CROSSED_UNITS,
                        "Of the units "
                                + percent(total(arm -> arm.exposures().crossed()) / (double) total(Gate::units))
                                + " were seen in more than one arm, the most is " + percent(MOST_CROSSED) + "."));
            } else if (unequal(mishap)) {
                ToLongFunction<Arm> counted = arm -> mishap.counted().applyAsLong(arm.exposures());
                reasons.add(new Reason(
                        mishap.block(),
                        mishap.sentence() + " (" + byArm(counted) + " of " + byArm(Gate::units) + ")."));
            }
        }
        for (KpiPlan kpi : design.kpis()) {
            ToLongFunction<Arm> counted = arm -> arm.moments(kpi.name()).units();
            if (kpi.decides()
                    && kpi.definition().missing() == Missing.EXCLUDE
                    && alarm(logBayesFactor(counted, OF_UNITS))) {
                reasons.add(new Reason(
                        Block.OUTCOME_RATES,
                        kpi.name() + " leaves out units without an outcome, and left out unequal shares of the arms ("
                                + byArm(counted) + " have one, planned " + weights() + ")."));
            }
        }
        return reasons;
    }

    private boolean tooManyCrossed() {
        boolean enough = evidence.variants().stream()
                .allMatch(variant -> evidence.sum(variant, Gate::units)
                        >= design.minimumCounts().units());
        return enough && total(arm -> arm.exposures().crossed()) > MOST_CROSSED * total(Gate::units);
    }

    private boolean unequal(Mishap mishap) {
        ToLongFunction<Arm> counted = arm -> mishap.counted().applyAsLong(arm.exposures());
        if (total(counted) == 0) {
            return false;
        }
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (String variant : evidence.variants()) {
            double share =
                    evidence.sum(variant, counted) / (double) StrictMath.max(1, evidence.sum(variant, Gate::units));
            least = StrictMath.min(least, share);
            most = StrictMath.max(most, share);
        }
        return most - least > mishap.least() && alarm(logBayesFactor(counted, OF_RARE));
    }

    /**
     * A block and its sentence.
     *
     * @param block what
     * @param sentence why
     */
    record Reason(Block block, String sentence) {}

    private double logBayesFactor(ToLongFunction<Arm> count, double[] concentrations) {
        double sum = 0;
        for (Stratum stratum : evidence.strata()) {
            int arms = stratum.arms().size();
            long[] counts = new long[arms];
            double[] weights = new double[arms];
            for (int i = 0; i < arms; i++) {
                counts[i] = count.applyAsLong(stratum.arms().get(i));
                weights[i] = stratum.arms().get(i).weight();
            }
            sum += SampleRatio.logBayesFactor(counts, weights, concentrations);
        }
        return sum;
    }

    private static boolean alarm(double logBayesFactor) {
        return logBayesFactor >= StrictMath.log(ONE_IN);
    }

    private long total(ToLongFunction<Arm> count) {
        long total = 0;
        for (String variant : evidence.variants()) {
            total += evidence.sum(variant, count);
        }
        return total;
    }

    private String byArm(ToLongFunction<Arm> count) {
        return evidence.variants().stream()
                .map(variant -> count(evidence.sum(variant, count)) + " " + variant)
                .collect(Collectors.joining(", "));
    }

    private String weights() {
        return evidence.strata().stream()
                .map(stratum -> stratum.arms().stream()
                        .map(arm -> Integer.toString(arm.weight()))
                        .collect(Collectors.joining(" : ")))
                .distinct()
                .collect(Collectors.joining(", then "));
    }
}
