package dev.ringside.benchmarks.scenario;

import static dev.ringside.benchmarks.scenario.Plans.EFFECTS;
import static dev.ringside.benchmarks.scenario.Plans.EVEN;
import static dev.ringside.benchmarks.scenario.Plans.effect;
import static dev.ringside.benchmarks.scenario.Plans.one;

import dev.ringside.benchmarks.data.Proportion;
import dev.ringside.benchmarks.data.Traffic;
import java.util.List;
import java.util.Set;

/** One proportion, one region, one split throughout. */
final class Proportions {
    private Proportions() {}

    static List<Scenario> all() {
        var twenty = new Proportion(0.2);
        var half = new Proportion(0.005);
        Set<Promise> all = Set.of(Promise.LEVEL, Promise.POWER, Promise.PROTECTION);
        return List.of(
                planned("proportion-20%", twenty, 310, EVEN.getFirst(), 0.02, all),
                planned("proportion-0.5%", half, 4100, EVEN.getFirst(), 0.001, all),
                planned("small-region", new Proportion(0.3), 20, EVEN.getFirst(), 0.09, Set.of(Promise.LEVEL)),
                uneven("proportion-5%-90-10", 1000, new Split(0, 9, 1)),
                uneven("proportion-5%-10-90", 1000, new Split(0, 1, 9)),
                uneven("proportion-5%-90-10-300-a-day", 300, new Split(0, 9, 1)),
                uneven("proportion-5%-10-90-300-a-day", 300, new Split(0, 1, 9)));
    }

    private static Scenario uneven(String name, double units, Split split) {
        var values = new Proportion(0.05);
        return planned(name, values, units, split, effect(values, Traffic.steady(units), split), Set.of(Promise.LEVEL));
    }

    private static Scenario planned(
            String name, Proportion values, double units, Split split, double minimumEffect, Set<Promise> promises) {
        Traffic traffic = Traffic.steady(units);
        return one(
                name,
                "%s of units have an event, %s a day, split %d:%d"
                        .formatted(100 * values.rate() + " %", Math.round(units), split.control(), split.challenger()),
                Kpis.booked(minimumEffect),
                traffic,
                Source.moved(values),
                List.of(split),
                EFFECTS,
                promises);
    }
}
