package dev.ringside.experiments.decision.region1;

import static dev.ringside.experiments.decision.region1.Numbers.count;
import static dev.ringside.experiments.decision.region1.Numbers.number;
import static dev.ringside.experiments.decision.region1.Numbers.percent;

import dev.ringside.contract.kpi.KpiDefinition.Missing;
import dev.ringside.experiments.analysis.SampleRatio;
import dev.ringside.experiments.decision.region1.Decision.SampleRatioResult;
import dev.ringside.experiments.decision.region1.Evidence.Arm;
import dev.ringside.experiments.decision.region1.Evidence.Epoch;
import dev.ringside.experiments.decision.region1.Verdict.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Whether a region's data may decide at all. Each question is asked of counts by arm, with the same sequential test: are
 * they in the planned ratio? Of the units exposed that is the sample-ratio test; of crossed units, and of units with an
 * outcome, it asks whether their share is alike in all arms. Factors are multiplied over epochs as they are now, never
 * their extremes: the product is then itself an e-value.
 */
final class Gate {
    /** An alarm comes by chance in at most one of so many experiments. */
    private static final double ONE_IN = 1000;

    private static final double CONCENTRATION = 10_000;

    /** Crossed units are few: held to the plan as closely as ten thousand exposed ones, they would never say anything. */
    private static final double CROSSED_CONCENTRATION = 10;

    private static final double MOST_CROSSED = 0.005;

    private final Design design;
    private final Evidence evidence;

    Gate(Design design, Evidence evidence) {
        this.design = design;
        this.evidence = evidence;
    }

    SampleRatioResult sampleRatio() {
        double evidenceAgainst = logBayesFactor(Arm::units, CONCENTRATION);
        return new SampleRatioResult(evidenceAgainst, alarm(evidenceAgainst));
    }

    /** The sentence about an alarm. */
    String alarm(SampleRatioResult result) {
        return "Units did not come to the arms as planned (" + byArm(Arm::units) + ", planned " + weights()
                + "; the odds against the plan are e^" + number(result.logBayesFactor())
                + " to 1, the alarm is at 1000), so no comparison of the arms can be trusted.";
    }

    /** What stands in the way of a promotion, beside the sample ratio. */
    List<Reason> blocks() {
        var reasons = new ArrayList<Reason>();
        long units = total(Arm::units);
        long crossed = total(Arm::crossed);
        boolean enough = evidence.variants().stream()
                .allMatch(variant ->
                        sum(variant, Arm::units) >= design.minimumCounts().units());
        if (enough && crossed > MOST_CROSSED * units) {
            reasons.add(new Reason(
                    Block.CROSSED_UNITS,
                    "Of the units " + percent(crossed / (double) units)
                            + " were seen in more than one arm, the most is " + percent(MOST_CROSSED) + "."));
        } else if (alarm(logBayesFactor(Arm::crossed, CROSSED_CONCENTRATION))) {
            reasons.add(new Reason(
                    Block.CROSSED_UNITS,
                    "Units seen in more than one arm are not alike in all arms (" + byArm(Arm::crossed) + ", planned "
                            + weights() + ")."));
        }
        for (KpiPlan kpi : design.kpis()) {
            ToLongFunction<Arm> counted = arm -> arm.moments(kpi.name()).units();
            if (kpi.decides()
                    && kpi.definition().missing() == Missing.EXCLUDE
                    && alarm(logBayesFactor(counted, CONCENTRATION))) {
                reasons.add(new Reason(
                        Block.OUTCOME_RATES,
                        kpi.name() + " leaves out units without an outcome, and left out unequal shares of the arms ("
                                + byArm(counted) + " have one, planned " + weights() + ")."));
            }
        }
        return reasons;
    }

    /**
     * A block and its sentence.
     *
     * @param block what
     * @param sentence why
     */
    record Reason(Block block, String sentence) {}

    private double logBayesFactor(ToLongFunction<Arm> count, double concentration) {
        double sum = 0;
        for (Epoch epoch : evidence.epochs()) {
            sum += SampleRatio.logBayesFactor(
                    epoch.arms().stream().mapToLong(count).toArray(),
                    epoch.arms().stream().mapToDouble(Arm::weight).toArray(),
                    concentration);
        }
        return sum;
    }

    private static boolean alarm(double logBayesFactor) {
        return logBayesFactor >= StrictMath.log(ONE_IN);
    }

    private long sum(String variant, ToLongFunction<Arm> count) {
        return evidence.epochs().stream()
                .mapToLong(epoch -> count.applyAsLong(epoch.arm(variant)))
                .sum();
    }

    private long total(ToLongFunction<Arm> count) {
        return evidence.variants().stream()
                .mapToLong(variant -> sum(variant, count))
                .sum();
    }

    private String byArm(ToLongFunction<Arm> count) {
        return evidence.variants().stream()
                .map(variant -> count(sum(variant, count)) + " " + variant)
                .collect(Collectors.joining(", "));
    }

    private String weights() {
        return evidence.epochs().stream()
                .map(epoch -> epoch.arms().stream()
                        .map(arm -> Integer.toString(arm.weight()))
                        .collect(Collectors.joining(" : ")))
                .distinct()
                .collect(Collectors.joining(", then "));
    }
}
