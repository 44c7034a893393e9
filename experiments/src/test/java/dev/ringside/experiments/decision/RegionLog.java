package dev.ringside.experiments.decision;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.kpi.KpiDefinition.Combine;
import dev.ringside.contract.kpi.KpiDefinition.Direction;
import dev.ringside.contract.kpi.KpiDefinition.Kind;
import dev.ringside.contract.kpi.KpiDefinition.Missing;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import dev.ringside.contract.kpi.KpiDefinition.Values;
import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.decision.Evidence.Arm;
import dev.ringside.experiments.decision.Evidence.ArmUnits;
import dev.ringside.experiments.decision.Evidence.Cohort;
import dev.ringside.experiments.decision.Evidence.KpiCohorts;
import dev.ringside.experiments.decision.Evidence.Stratum;
import dev.ringside.experiments.look.LookCalendar;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A region as a test fills it: day by day, cohort by cohort, each closing decided and remembered. */
public final class RegionLog {
    public static final Instant START = Instant.parse("2001-04-01T00:00:00Z");
    public static final String CHAMPION = "champion";
    public static final String CHALLENGER = "challenger";
    private static final Duration DAY = Duration.ofDays(1);
    private static final long MICRO = 1_000_000;

    private final Design design;
    private final LookCalendar calendar;
    private final List<Epoch> epochs = new ArrayList<>();
    private Scope scope = new Scope.Region("PDX");
    private List<KpiHistory> history = List.of();
    private int day;

    public RegionLog(Design design) {
        this.design = design;
        this.calendar = new LookCalendar(START, DAY, design.maxDuration());
        nextEpoch(1, 1);
    }

    public static Design design(int regions, KpiDefinition... kpis) {
        return design(28, regions, kpis);
    }

    public static Design design(int days, int regions, KpiDefinition... kpis) {
        return Design.of(List.of(kpis), Multiplicity.each(regions), Duration.ofDays(days), CHAMPION, CHALLENGER);
    }

    public static KpiDefinition primary(double minimumEffect) {
        return kpi("booked", Kind.PROPORTION, Direction.UP, Role.PRIMARY, Missing.ZERO, minimumEffect, null, null);
    }

    public static KpiDefinition revenue(double minimumEffect) {
        return kpi(
                "booked",
                Kind.MEAN,
                Direction.UP,
                Role.PRIMARY,
                Missing.ZERO,
                minimumEffect,
                null,
                Values.NON_NEGATIVE);
    }

    public static KpiDefinition guardrail(Direction direction, double margin) {
        return kpi("cancelled", Kind.PROPORTION, direction, Role.GUARDRAIL, Missing.ZERO, null, margin, null);
    }

    public static KpiDefinition kpi(
            String name,
            Kind kind,
            Direction direction,
            Role role,
            Missing missing,
            @Nullable Double minimumEffect,
            @Nullable Double margin,
            @Nullable Values values) {
        Combine combine = kind == Kind.PROPORTION ? Combine.ANY : Combine.SUM;
        return new KpiDefinition(
                name,
                kind,
                name,
                combine,
                missing,
                Duration.ofHours(24),
                Duration.ofHours(1),
                direction,
                role,
                minimumEffect,
                0.8,
                margin,
                null,
                values);
    }

    public static Moments proportion(long units, long events) {
        return sums(units, events, 1, 1, 1);
    }

    /** Units of which some have a value, with the mean, the mean square and the mean cube of these. */
    public static Moments sums(long units, long events, double mean, double square, double cube) {
        BigInteger zero = BigInteger.ZERO;
        return new Moments(
                units,
                events,
                micros(events * mean, 1),
                zero,
                zero,
                micros(events * square, 2),
                zero,
                zero,
                zero,
                zero,
                zero,
                micros(events * cube, 3),
                31 * units + events);
    }

    private static BigInteger micros(double value, int power) {
        return BigInteger.valueOf(StrictMath.round(value * MICRO))
                .multiply(BigInteger.valueOf(MICRO).pow(power - 1));
    }

    public RegionLog of(Scope other) {
        scope = other;
        return this;
    }

    public RegionLog nextEpoch(int control, int challenger) {
        return nextEpoch("PDX", control, challenger);
    }

    public RegionLog nextEpoch(String segment, int control, int challenger) {
        epochs.add(new Epoch(segment, control, challenger));
        return this;
    }

    /** Makes the first epoch one of another split, before anything came. */
    public RegionLog restart(int control, int challenger) {
        epochs.clear();
        return nextEpoch(control, challenger);
    }

    private Sum sum(String variant) {
        return epochs.getLast().arms.get(variant);
    }

    public RegionLog exposed(String variant, ExposureCounts counts) {
        Sum sum = sum(variant);
        sum.exposures = sum.exposures.plus(counts);
        return this;
    }

    public RegionLog exposed(String variant, long units, long crossed) {
        return exposed(variant, new ExposureCounts(units, crossed, 0, 0, 0, 5));
    }

    public RegionLog outcomes(String variant, String kpi, Moments moments) {
        Sum sum = sum(variant);
        sum.moments.merge(kpi, moments, Moments::plus);
        sum.days
                .computeIfAbsent(kpi, _ -> new TreeMap<>())
                .merge(
                        day,
                        new ArmUnits(variant, moments.units(), moments.events()),
                        (a, b) -> new ArmUnits(variant, a.units() + b.units(), a.events() + b.events()));
        return this;
    }

    /** Units with a primary KPI only. */
    public RegionLog add(String variant, long units, long events) {
        return add(variant, proportion(units, events));
    }

    public RegionLog add(String variant, Moments moments) {
        return exposed(variant, moments.units(), 0).outcomes(variant, "booked", moments);
    }

    public RegionLog both(long units, long championEvents, long challengerEvents) {
        return add(CHAMPION, units, championEvents).add(CHALLENGER, units, challengerEvents);
    }

    public Evidence evidence() {
        Instant cohort = START.plus(DAY.multipliedBy(day));
        var kpis = new ArrayList<KpiCohorts>();
        for (KpiPlan plan : design.kpis()) {
            var cohorts = new ArrayList<Cohort>();
            for (int i = 0; i < epochs.size(); i++) {
                cohorts.addAll(epochs.get(i).cohorts(i + 1, plan.name()));
            }
            kpis.add(new KpiCohorts(plan.name(), cohorts));
        }
        var strata = new ArrayList<Stratum>();
        for (int i = 0; i < epochs.size(); i++) {
            strata.add(epochs.get(i).stratum(i + 1));
        }
        return new Evidence(
                "eta",
                scope,
                START,
                cohort.plus(Duration.ofHours(49)),
                cohort,
                calendar.week(cohort),
                calendar.last(cohort),
                strata,
                kpis,
                history);
    }

    /** Closes the cohort of the current day. */
    public Decision close() {
        Evidence evidence = evidence();
        Decision decision = Policy.decide(design, evidence);
        history = decision.historyAfter(evidence);
        day++;
        return decision;
    }

    /** Closes cohorts without deciding, so that the next to close is that of the day, 1 for the first. */
    public RegionLog skipTo(int dayNumber) {
        day = dayNumber - 1;
        return this;
    }

    /** Closes all cohorts up to the day, 1 for the first, to which nothing comes any more. */
    public Decision closeThrough(int dayNumber) {
        Decision decision = close();
        while (day < dayNumber && !decision.verdict().ends()) {
            decision = close();
        }
        return decision;
    }

    public List<KpiHistory> history() {
        return history;
    }

    private static final class Epoch {
        private final String segment;
        private final Map<String, Integer> weights = new LinkedHashMap<>();
        private final Map<String, Sum> arms = new LinkedHashMap<>();

        Epoch(String segment, int control, int challenger) {
            this.segment = segment;
            weights.put(CHAMPION, control);
            weights.put(CHALLENGER, challenger);
            weights.keySet().forEach(variant -> arms.put(variant, new Sum()));
        }

        Stratum stratum(int epoch) {
            var all = new ArrayList<Arm>();
            weights.forEach((variant, weight) ->
                    all.add(new Arm(variant, weight, arms.get(variant).exposures, arms.get(variant).moments)));
            return new Stratum(segment, epoch, all);
        }

        List<Cohort> cohorts(int epoch, String kpi) {
            var days = new TreeMap<Integer, List<ArmUnits>>();
            arms.values()
                    .forEach(sum -> sum.days
                            .getOrDefault(kpi, Map.of())
                            .forEach((day, units) -> days.computeIfAbsent(day, _ -> new ArrayList<>())
                                    .add(units)));
            var cohorts = new ArrayList<Cohort>();
            days.forEach(
                    (day, units) -> cohorts.add(new Cohort(segment, epoch, START.plus(DAY.multipliedBy(day)), units)));
            return cohorts;
        }
    }

    private static final class Sum {
        private ExposureCounts exposures = ExposureCounts.NONE;
        private final Map<String, Moments> moments = new LinkedHashMap<>();
        private final Map<String, Map<Integer, ArmUnits>> days = new LinkedHashMap<>();
    }
}
