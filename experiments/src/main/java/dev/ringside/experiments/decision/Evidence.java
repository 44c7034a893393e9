package dev.ringside.experiments.decision;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.contract.moments.Moments;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * All that one look is decided from: sums over what had closed by its time. Nothing in it depends on offsets, on the wall
 * clock, on prediction ids, on how many processes there are, or on when somebody looked: the same events give the same
 * evidence.
 *
 * @param experiment the experiment's name
 * @param scope whose units are summed
 * @param startedAt when the region, or the first region of the wave, started
 * @param at event time of the look
 * @param cohort the start of the cohort whose closing it waited for; null if it waited for none
 * @param week the number of the week since the start that has closed with it; null if none has. A look with one is a look
 *     for promotion
 * @param last whether no look for promotion comes after this
 * @param strata the regions' epochs, the oldest first; within one the split is fixed
 * @param cohorts by KPI, how many units of each closed cohort had an event
 * @param history the promotion looks before this one, by KPI
 */
public record Evidence(
        String experiment,
        Scope scope,
        Instant startedAt,
        Instant at,
        @Nullable Instant cohort,
        @Nullable Integer week,
        boolean last,
        List<Stratum> strata,
        List<KpiCohorts> cohorts,
        List<KpiHistory> history) {
    /** Checks that strata have the same variants, copies the lists. */
    public Evidence {
        strata = List.copyOf(strata);
        cohorts = List.copyOf(cohorts);
        history = List.copyOf(history);
        require(!strata.isEmpty(), "strata", "expected at least one, found none");
        List<String> variants = strata.getFirst().variants();
        for (Stratum stratum : strata) {
            require(
                    stratum.variants().equals(variants),
                    "strata",
                    "expected the variants " + variants + " in each, found " + stratum.variants() + " in epoch "
                            + stratum.epoch() + " of " + stratum.segment());
        }
    }

    /**
     * An epoch of a region.
     *
     * @param segment the region
     * @param epoch its number
     * @param arms the control first
     * @param cutShort by KPI, cohorts that are left out
     */
    public record Stratum(String segment, int epoch, List<Arm> arms, List<CutShort> cutShort) {
        /** Copies the lists. */
        public Stratum {
            require(arms.size() >= 2, "arms", "expected at least two, found " + arms.size());
            arms = List.copyOf(arms);
            cutShort = List.copyOf(cutShort);
        }

        /** An epoch that nothing is left out of. */
        public Stratum(String segment, int epoch, List<Arm> arms) {
            this(segment, epoch, arms, List.of());
        }

        List<String> variants() {
            return arms.stream().map(Arm::variant).toList();
        }

        Arm arm(String variant) {
            for (Arm arm : arms) {
                if (arm.variant().equals(variant)) {
                    return arm;
                }
            }
            throw new IllegalArgumentException(
                    "epoch " + epoch + " of " + segment + " has no arm " + variant + ", only " + variants());
        }
    }

    /**
     * Cohorts of a KPI that are left out because their units lost what they were assigned before its window was over.
     *
     * @param kpi its name
     * @param first the start of the first
     * @param closedAt when their treatment ended
     */
    public record CutShort(String kpi, Instant first, Instant closedAt) {}

    /**
     * An arm of a stratum.
     *
     * @param variant its name
     * @param weight its planned share among the weights of the stratum's arms
     * @param exposures what happened to its units in the cohorts that the horizon has passed
     * @param moments by KPI, over the KPI's closed cohorts
     */
    public record Arm(String variant, int weight, ExposureCounts exposures, Map<String, Moments> moments) {
        /** Checks the weight, copies the map. */
        public Arm {
            require(weight >= 1, "weight", "expected 1 or more, found " + weight);
            moments = Collections.unmodifiableMap(new TreeMap<>(moments));
        }

        Moments moments(String kpi) {
            return moments.getOrDefault(kpi, Moments.NONE);
        }
    }

    /**
     * The closed cohorts of a KPI.
     *
     * @param kpi its name
     * @param cohorts in no particular order
     */
    public record KpiCohorts(String kpi, List<Cohort> cohorts) {
        /** Copies the list. */
        public KpiCohorts {
            cohorts = List.copyOf(cohorts);
        }
    }

    /**
     * A closed cohort of a KPI.
     *
     * @param segment its region
     * @param epoch its epoch
     * @param start when it began
     * @param arms its units; an arm that is not there had none
     */
    public record Cohort(String segment, int epoch, Instant start, List<ArmUnits> arms) {
        /** Copies the list. */
        public Cohort {
            arms = List.copyOf(arms);
        }

        ArmUnits arm(String variant) {
            for (ArmUnits arm : arms) {
                if (arm.variant().equals(variant)) {
                    return arm;
                }
            }
            return new ArmUnits(variant, 0, 0);
        }
    }

    /**
     * An arm of a cohort.
     *
     * @param variant its name
     * @param units that count for the KPI
     * @param events those with a value other than zero
     */
    public record ArmUnits(String variant, long units, long events) {}

    /** The variants, the control first. */
    List<String> variants() {
        return strata.getFirst().variants();
    }

    /** The sums of an arm over all strata. */
    Moments moments(String variant, String kpi) {
        Moments sum = Moments.NONE;
        for (Stratum stratum : strata) {
            sum = sum.plus(stratum.arm(variant).moments(kpi));
        }
        return sum;
    }

    /** A count of an arm over all strata. */
    long sum(String variant, ToLongFunction<Arm> count) {
        long sum = 0;
        for (Stratum stratum : strata) {
            sum += count.applyAsLong(stratum.arm(variant));
        }
        return sum;
    }

    /** The closed cohorts of a KPI. */
    List<Cohort> cohorts(String kpi) {
        for (KpiCohorts of : cohorts) {
            if (of.kpi().equals(kpi)) {
                return of.cohorts();
            }
        }
        return List.of();
    }

    KpiHistory history(String kpi) {
        for (KpiHistory looks : history) {
            if (looks.kpi().equals(kpi)) {
                return looks;
            }
        }
        return new KpiHistory(kpi, List.of());
    }
}
