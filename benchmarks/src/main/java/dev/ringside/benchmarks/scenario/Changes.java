package dev.ringside.benchmarks.scenario;

import static dev.ringside.benchmarks.scenario.Plans.DAYS;
import static dev.ringside.benchmarks.scenario.Plans.EFFECTS;
import static dev.ringside.benchmarks.scenario.Plans.EVEN;
import static dev.ringside.benchmarks.scenario.Plans.effect;
import static dev.ringside.benchmarks.scenario.Plans.one;

import dev.ringside.benchmarks.data.Normal;
import dev.ringside.benchmarks.data.Proportion;
import dev.ringside.benchmarks.data.Traffic;
import dev.ringside.contract.kpi.KpiDefinition;
import java.util.List;
import java.util.Set;

/** What changes while an experiment runs: seasons, spread, splits, and the effect itself. */
final class Changes {
    private static final Set<Promise> LEVEL = Set.of(Promise.LEVEL);
    private static final Split ONE_TO_ONE = EVEN.getFirst();

    private Changes() {}

    static List<Scenario> all() {
        return List.of(
                season(),
                spread("spread-1.25-traffic-1.6", new Normal(10, 3, 1.25), new Traffic(40, 1, 1.6)),
                spread("spread-1.10", new Normal(10, 3, 1.10), Traffic.steady(150)),
                split("split-1-1-then-19-1", ONE_TO_ONE, new Split(7, 19, 1)),
                split("split-1-1-then-99-1", ONE_TO_ONE, new Split(7, 99, 1)),
                split("split-99-1-then-1-1", new Split(0, 99, 1), new Split(7, 1, 1)),
                split("split-1-1-then-99-1-and-back", ONE_TO_ONE, new Split(7, 99, 1), new Split(21, 1, 1)),
                ramp("ramp-9-1-week-then-1-1", List.of(new Split(0, 9, 1), new Split(7, 1, 1)), 0, LEVEL),
                ramp("ramp-week-thrown-away", EVEN, 7, LEVEL),
                ramp("ramp-none-1-1-throughout", EVEN, 0, Set.of(Promise.LEVEL, Promise.POWER)),
                novelty().behind("novelty-then-reversal", new Holdback(0.05, 28)),
                novelty().behind("novelty-then-reversal-25%-held-back", new Holdback(0.25, 56)));
    }

    private static Scenario season() {
        var traffic = new Traffic(60, 9, 1);
        var values = new Proportion(0.1, 2);
        return one(
                "weekly-season",
                "nine times the traffic and twice the rate on the seventh day",
                Kpis.booked(effect(values, traffic, ONE_TO_ONE)),
                traffic,
                Source.moved(values),
                EVEN,
                EFFECTS,
                LEVEL);
    }

    private static Scenario spread(String name, Normal values, Traffic traffic) {
        double last = values.deviation() * StrictMath.pow(values.growth(), 4);
        return one(
                name,
                "the deviation grows by %s a week, the traffic by %s".formatted(values.growth(), traffic.growth()),
                Kpis.score(effect(new Normal(values.mean(), last, 1), traffic, ONE_TO_ONE)),
                traffic,
                Source.moved(values),
                EVEN,
                EFFECTS,
                LEVEL);
    }

    private static Scenario split(String name, Split... splits) {
        var values = new Proportion(0.05);
        Traffic traffic = Traffic.steady(300);
        return one(
                name,
                "the split changes while it runs, 5 % of 300 a day",
                Kpis.booked(effect(values, traffic, ONE_TO_ONE)),
                traffic,
                Source.moved(values),
                List.of(splits),
                EFFECTS,
                LEVEL);
    }

    /** Three plans in the same world. */
    private static Scenario ramp(String name, List<Split> splits, int firstDay, Set<Promise> promises) {
        var values = new Proportion(0.2);
        Traffic traffic = Traffic.steady(310);
        KpiDefinition kpi = Kpis.booked(0.02);
        return new Scenario(
                name,
                "20 % of 310 a day",
                List.of(kpi),
                false,
                List.of(new Market("city", traffic, 0, List.of(Source.moved(values)))),
                splits,
                firstDay,
                DAYS,
                EFFECTS,
                promises,
                "ramp");
    }

    private static Scenario novelty() {
        var values = new Proportion(0.2);
        Traffic traffic = Traffic.steady(300);
        return one(
                "novelty-then-reversal",
                "two minimum effects for 14 days, then one the other way for ever",
                Kpis.booked(effect(values, traffic, ONE_TO_ONE)),
                traffic,
                Source.moved(values).turning(14, -0.5),
                EVEN,
                List.of(2.0),
                Plans.PRINTED);
    }
}
