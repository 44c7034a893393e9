package dev.ringside.benchmarks.run;

import dev.ringside.benchmarks.data.Binomial;
import dev.ringside.benchmarks.scenario.Market;
import dev.ringside.benchmarks.scenario.Scenario;
import dev.ringside.benchmarks.scenario.Source;
import dev.ringside.benchmarks.scenario.Split;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.decision.Evidence.Arm;
import dev.ringside.experiments.decision.Evidence.ArmUnits;
import dev.ringside.experiments.decision.Evidence.Cohort;
import dev.ringside.experiments.decision.Evidence.Stratum;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What one market has closed so far, summed as the aggregator and the evidence reader sum it: each day's exposures when
 * the day is over, each KPI's cohort when its own window and grace are. A day is drawn when it is first needed, from a
 * seed of its own.
 */
final class Books {
    /** A Monday. */
    static final Instant FIRST_DAY = Instant.parse("2026-01-05T00:00:00Z");

    static final String CONTROL = "champion";
    static final String CHALLENGER = "challenger";
    private static final Duration DAY = Duration.ofDays(1);

    private final Scenario scenario;
    private final Market market;
    private final double effect;
    private final long seed;
    private final Map<Integer, Day> open = new HashMap<>();
    private final List<Epoch> epochs = new ArrayList<>();
    private final List<List<Cohort>> cohorts = new ArrayList<>();
    private final int[] closed;
    private int exposed;

    Books(Scenario scenario, Market market, double effect, long seed) {
        this.scenario = scenario;
        this.market = market;
        this.effect = effect;
        this.seed = seed;
        this.exposed = scenario.firstDay();
        this.closed = new int[scenario.kpis().size()];
        for (int kpi = 0; kpi < closed.length; kpi++) {
            closed[kpi] = scenario.firstDay();
            cohorts.add(new ArrayList<>());
        }
        for (int i = 0; i < scenario.splits().size(); i++) {
            epochs.add(new Epoch(closed.length));
        }
    }

    /** When a day begins. */
    static Instant begin(int day) {
        return FIRST_DAY.plus(DAY.multipliedBy(day));
    }

    /** The first day that begins after a time. */
    static int dayAfter(Instant time) {
        return Math.toIntExact(Duration.between(FIRST_DAY, time).toDays()) + 1;
    }

    /** What one epoch has closed, the control first. */
    private static final class Epoch {
        private final long[] units = new long[2];
        private final Moments[][] moments;

        Epoch(int kpis) {
            moments = new Moments[kpis][];
            for (int kpi = 0; kpi < kpis; kpi++) {
                moments[kpi] = new Moments[] {Moments.NONE, Moments.NONE};
            }
        }
    }

    /** The units first exposed on a day, the control's first. */
    private record Day(Drawn control, Drawn challenger) {}

    /** An arm's units of a day, and their moments in the KPIs' order. */
    private record Drawn(long units, List<Moments> moments) {}

    /** Moves the horizon: whatever is over by then is summed. */
    void passTo(Instant horizon) {
        while (exposed < scenario.days() && !begin(exposed + 1).isAfter(horizon)) {
            Day day = day(exposed);
            Epoch epoch = epochs.get(scenario.split(exposed));
            epoch.units[0] += day.control().units();
            epoch.units[1] += day.challenger().units();
            exposed++;
        }
        for (int kpi = 0; kpi < closed.length; kpi++) {
            KpiDefinition definition = scenario.kpis().get(kpi);
            while (closed[kpi] < scenario.days()
                    && !EpochDefinition.closes(definition, begin(closed[kpi])).isAfter(horizon)) {
                close(kpi, closed[kpi]);
                closed[kpi]++;
            }
        }
        open.keySet().removeIf(day -> day < exposed && allClosed(day));
    }

    private boolean allClosed(int day) {
        for (int next : closed) {
            if (next <= day) {
                return false;
            }
        }
        return true;
    }

    private void close(int kpi, int day) {
        Moments control = day(day).control().moments().get(kpi);
        Moments challenger = day(day).challenger().moments().get(kpi);
        int split = scenario.split(day);
        Moments[] sums = epochs.get(split).moments[kpi];
        sums[0] = sums[0].plus(control);
        sums[1] = sums[1].plus(challenger);
        cohorts.get(kpi)
                .add(new Cohort(
                        market.segment(),
                        split + 1,
                        begin(day),
                        List.of(units(CONTROL, control), units(CHALLENGER, challenger))));
    }

    private static ArmUnits units(String variant, Moments moments) {
        return new ArmUnits(variant, moments.units(), moments.events());
    }

    private Day day(int day) {
        return open.computeIfAbsent(day, this::draw);
    }

    private Day draw(int day) {
        var random = new SplittableRandom(Seeds.mix(seed, day));
        Split split = scenario.splits().get(scenario.split(day));
        long all = market.traffic().units(day);
        long challenger = Binomial.draw(random, all, split.challengerShare());
        long kept = challenger - Binomial.draw(random, challenger, market.lost());
        var controls = new ArrayList<Moments>();
        var challengers = new ArrayList<Moments>();
        for (Source source : market.sources()) {
            double shift = source.shift(day, effect, scenario.minimumEffect());
            controls.add(source.control().draw(random, all - challenger, day, 0).moments());
            challengers.add(source.challenger().draw(random, kept, day, shift).moments());
        }
        return new Day(new Drawn(all - challenger, controls), new Drawn(kept, challengers));
    }

    /** The epochs that have begun, with all that they have closed. */
    List<Stratum> strata() {
        var strata = new ArrayList<Stratum>();
        for (int i = 0; i < epochs.size(); i++) {
            Split split = scenario.splits().get(i);
            Epoch epoch = epochs.get(i);
            if (split.day() < exposed) {
                strata.add(new Stratum(
                        market.segment(),
                        i + 1,
                        List.of(
                                arm(CONTROL, split.control(), epoch, 0),
                                arm(CHALLENGER, split.challenger(), epoch, 1))));
            }
        }
        return strata;
    }

    private Arm arm(String variant, int weight, Epoch epoch, int place) {
        Map<String, Moments> moments = new TreeMap<>();
        for (int kpi = 0; kpi < closed.length; kpi++) {
            moments.put(scenario.kpis().get(kpi).name(), epoch.moments[kpi][place]);
        }
        return new Arm(variant, weight, new ExposureCounts(epoch.units[place], 0, 0, 0, 0, 0), moments);
    }

    /** The closed cohorts of a KPI. */
    List<Cohort> cohorts(int kpi) {
        return cohorts.get(kpi);
    }
}
