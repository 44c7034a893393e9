package dev.ringside.experiments.decision.region1;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.Moments;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that one look at a region is decided from: sums over its closed cohorts up to one. Nothing in it depends on
 * offsets, on the wall clock, on prediction ids, on how many processes there are, or on when somebody looked: the same
 * events give the same evidence.
 *
 * @param experiment the experiment's name
 * @param segment the region
 * @param startedAt when the region started
 * @param cohort the start of the cohort that closed
 * @param at when it closed, event time
 * @param week the number of the week since the start that the cohort completes; null if it completes none
 * @param last whether the region's time is up with this cohort
 * @param epochs the region's epochs, oldest first
 * @param history the promotion looks before this one, by KPI
 */
public record Evidence(
        String experiment,
        String segment,
        Instant startedAt,
        Instant cohort,
        Instant at,
        @Nullable Integer week,
        boolean last,
        List<Epoch> epochs,
        List<KpiHistory> history) {
    /** Checks that epochs have the same variants, copies the lists. */
    public Evidence {
        epochs = List.copyOf(epochs);
        history = List.copyOf(history);
        require(!epochs.isEmpty(), "epochs", "expected at least one, found none");
        List<String> variants = epochs.getFirst().variants();
        for (Epoch epoch : epochs) {
            require(
                    epoch.variants().equals(variants),
                    "epochs",
                    "expected the variants " + variants + " in each, found " + epoch.variants() + " in "
                            + epoch.epoch());
        }
    }

    /**
     * An epoch: within it the split is fixed.
     *
     * @param epoch its number
     * @param arms the control first
     */
    public record Epoch(int epoch, List<Arm> arms) {
        public Epoch {
            require(arms.size() >= 2, "arms", "expected at least two, found " + arms.size());
            arms = List.copyOf(arms);
        }

        List<String> variants() {
            return arms.stream().map(Arm::variant).toList();
        }

        Arm arm(String variant) {
            return arms.stream()
                    .filter(arm -> arm.variant().equals(variant))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "epoch " + epoch + " has no arm " + variant + ", only " + variants()));
        }
    }

    /**
     * An arm's closed cohorts within an epoch. Of {@link ArmCounts} it leaves out what came after the closing, late
     * exposures and outcomes: those still grow, so they would depend on when one looks.
     *
     * @param variant its name
     * @param weight its planned share among the weights of the epoch's arms
     * @param units units exposed
     * @param crossed those later seen in another arm
     * @param fellBack those that got the champion in place of the assigned version
     * @param withOutcome those with at least one outcome in time
     * @param unitHashSum Σ unit hash modulo 2⁶⁴
     * @param moments by KPI, without Σ y³, which region/1 did not know
     */
    public record Arm(
            String variant,
            int weight,
            long units,
            long crossed,
            long fellBack,
            long withOutcome,
            long unitHashSum,
            Map<String, Moments> moments) {
        /** Checks the weight, copies the map. */
        public Arm {
            require(weight >= 1, "weight", "expected 1 or more, found " + weight);
            var known = new TreeMap<String, Moments>();
            moments.forEach((kpi, sums) -> known.put(kpi, sums.withoutCubes()));
            moments = Collections.unmodifiableMap(known);
        }

        /** An arm from the sums of its closed cohorts. */
        public static Arm of(String variant, int weight, ArmCounts counts, Map<String, Moments> moments) {
            return new Arm(
                    variant,
                    weight,
                    counts.units(),
                    counts.crossed(),
                    counts.fellBack(),
                    counts.withOutcome(),
                    counts.unitHashSum(),
                    moments);
        }

        Moments moments(String kpi) {
            return moments.getOrDefault(kpi, Moments.NONE);
        }
    }

    /** The variants, the control first. */
    List<String> variants() {
        return epochs.getFirst().variants();
    }

    /** The sums of an arm over all epochs. */
    Moments moments(String variant, String kpi) {
        return epochs.stream().map(epoch -> epoch.arm(variant).moments(kpi)).reduce(Moments.NONE, Moments::plus);
    }

    KpiHistory history(String kpi) {
        return history.stream()
                .filter(looks -> looks.kpi().equals(kpi))
                .findFirst()
                .orElseGet(() -> new KpiHistory(kpi, List.of()));
    }
}
