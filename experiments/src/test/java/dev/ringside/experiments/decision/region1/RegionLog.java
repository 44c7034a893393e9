package dev.ringside.experiments.decision.region1;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.kpi.KpiDefinition.Combine;
import dev.ringside.contract.kpi.KpiDefinition.Direction;
import dev.ringside.contract.kpi.KpiDefinition.Kind;
import dev.ringside.contract.kpi.KpiDefinition.Missing;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.decision.region1.Evidence.Arm;
import dev.ringside.experiments.decision.region1.Evidence.Epoch;
import dev.ringside.experiments.look.LookCalendar;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A region as a test fills it: day by day, cohort by cohort, each closing decided and remembered. */
final class RegionLog {
    static final Instant START = Instant.parse("2001-04-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final Design design;
    private final LookCalendar calendar;
    private final List<Map<String, Sum>> epochs = new ArrayList<>();
    private List<KpiHistory> history = List.of();
    private int day;

    RegionLog(Design design) {
        this.design = design;
        this.calendar = new LookCalendar(START, DAY, design.maxDuration());
        nextEpoch();
    }

    static Design design(int regions, KpiDefinition... kpis) {
        return Design.of(List.of(kpis), regions, Duration.ofDays(28), "champion", "challenger");
    }

    static KpiDefinition primary(double minimumEffect) {
        return kpi("booked", Kind.PROPORTION, Direction.UP, Role.PRIMARY, Missing.ZERO, minimumEffect, null);
    }

    static KpiDefinition guardrail(Direction direction, double margin) {
        return kpi("cancelled", Kind.PROPORTION, direction, Role.GUARDRAIL, Missing.ZERO, null, margin);
    }

    static KpiDefinition kpi(
            String name,
            Kind kind,
            Direction direction,
            Role role,
            Missing missing,
            @Nullable Double minimumEffect,
            @Nullable Double margin) {
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
                null);
    }

    static Moments proportion(long units, long events) {
        BigInteger y = BigInteger.valueOf(events).multiply(BigInteger.valueOf(1_000_000));
        BigInteger yy = y.multiply(BigInteger.valueOf(1_000_000));
        BigInteger zero = BigInteger.ZERO;
        return new Moments(units, events, y, zero, zero, yy, zero, zero, zero, zero, zero, null, 31 * units + events);
    }

    RegionLog nextEpoch() {
        epochs.add(new HashMap<>());
        return this;
    }

    private Sum sum(String variant) {
        return epochs.getLast().computeIfAbsent(variant, _ -> new Sum());
    }

    RegionLog exposed(String variant, long units, long crossed) {
        sum(variant).units += units;
        sum(variant).crossed += crossed;
        return this;
    }

    RegionLog outcomes(String variant, String kpi, Moments moments) {
        sum(variant).moments.merge(kpi, moments, Moments::plus);
        return this;
    }

    /** Units with a primary KPI only. */
    RegionLog add(String variant, long units, long events) {
        return exposed(variant, units, 0).outcomes(variant, "booked", proportion(units, events));
    }

    RegionLog both(long units, long championEvents, long challengerEvents) {
        return add("champion", units, championEvents).add("challenger", units, challengerEvents);
    }

    Evidence evidence() {
        var closed = new ArrayList<Epoch>();
        for (int i = 0; i < epochs.size(); i++) {
            Map<String, Sum> arms = epochs.get(i);
            closed.add(new Epoch(i + 1, List.of(arm("champion", arms), arm("challenger", arms))));
        }
        Instant cohort = START.plus(DAY.multipliedBy(day));
        return new Evidence(
                "eta",
                "PDX",
                START,
                cohort,
                cohort.plus(Duration.ofHours(49)),
                calendar.week(cohort),
                calendar.last(cohort),
                closed,
                history);
    }

    private static Arm arm(String variant, Map<String, Sum> arms) {
        Sum sum = arms.getOrDefault(variant, new Sum());
        var counts = new ArmCounts(sum.units, sum.crossed, 0, sum.units, 3, 4, 5);
        return Arm.of(variant, 1, counts, sum.moments);
    }

    /** Closes the cohort of the current day. */
    Decision close() {
        Evidence evidence = evidence();
        Decision decision = Policy.decide(design, evidence);
        history = decision.historyAfter(evidence);
        day++;
        return decision;
    }

    /** Closes cohorts without deciding, so that the next to close is that of the day, 1 for the first. */
    RegionLog skipTo(int dayNumber) {
        day = dayNumber - 1;
        return this;
    }

    /** Closes all cohorts up to the day, 1 for the first, to which nothing comes any more. */
    Decision closeThrough(int dayNumber) {
        Decision decision = close();
        while (day < dayNumber && !decision.verdict().ends()) {
            decision = close();
        }
        return decision;
    }

    List<KpiHistory> history() {
        return history;
    }

    private static final class Sum {
        private long units;
        private long crossed;
        private final Map<String, Moments> moments = new HashMap<>();
    }
}
