package dev.ringside.benchmarks.scenario;

import static dev.ringside.benchmarks.scenario.Plans.EFFECTS;
import static dev.ringside.benchmarks.scenario.Plans.NONE;
import static dev.ringside.benchmarks.scenario.Plans.effect;
import static dev.ringside.benchmarks.scenario.Plans.one;

import dev.ringside.benchmarks.data.Buyers;
import dev.ringside.benchmarks.data.Lognormal;
import dev.ringside.benchmarks.data.Traffic;
import dev.ringside.benchmarks.data.Values;
import dev.ringside.contract.kpi.KpiDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Skewed amounts, as revenue is: the larger the skew and the less even the split, the less a normal approximation holds. */
final class Amounts {
    private static final List<Split> SPLITS = List.of(new Split(0, 50, 50), new Split(0, 90, 10), new Split(0, 10, 90));
    private static final double SIGMA = 1.5;

    /** The .99 quantile of a lognormal of median 1: exp(2.326 σ). */
    private static final double CAP = 32.76;

    private Amounts() {}

    static List<Scenario> all() {
        var all = new ArrayList<Scenario>();
        for (Split split : SPLITS) {
            all.add(alike("lognormal", new Lognormal(1, SIGMA), 1000, split));
            all.add(alike("lognormal", new Lognormal(1, SIGMA), 100, split));
            all.add(alike("buyers-5%", new Buyers(0.05, new Lognormal(10, 1)), 1000, split));
            all.add(capped(split));
        }
        for (Split split : SPLITS) {
            all.add(uncapped(split));
        }
        return all;
    }

    private static Scenario alike(String kind, Values values, double units, Split split) {
        Traffic traffic = Traffic.steady(units);
        return one(
                name(kind, split, units),
                "both arms alike, %s a day".formatted(Math.round(units)),
                Kpis.spent(effect(values, traffic, split)),
                traffic,
                Source.moved(values),
                List.of(split),
                EFFECTS,
                Set.of(Promise.LEVEL));
    }

    /** Arms of one mean and different shapes, cut near the .99 quantile. */
    private static Scenario capped(Split split) {
        var control = new Lognormal(1, SIGMA, CAP);
        var challenger = Lognormal.ofMean(control.mean(), 0.5);
        return shapes(
                "shapes-capped", split, Set.of(Promise.LEVEL), control, challenger, effect -> Kpis.spent(effect, CAP));
    }

    /** The same without a cap: printed, not promised. */
    private static Scenario uncapped(Split split) {
        var control = new Lognormal(1, SIGMA);
        var challenger = Lognormal.ofMean(control.mean(), 0.5);
        return shapes("shapes-without-cap", split, Plans.PRINTED, control, challenger, Kpis::spent);
    }

    private interface Registered {
        KpiDefinition as(double minimumEffect);
    }

    private static Scenario shapes(
            String kind, Split split, Set<Promise> promises, Lognormal control, Lognormal challenger, Registered kpi) {
        Traffic traffic = Traffic.steady(1000);
        return one(
                name(kind, split, 1000),
                "arms of one mean and different shapes",
                kpi.as(effect(control, traffic, split)),
                traffic,
                Source.fixed(control, challenger),
                List.of(split),
                NONE,
                promises);
    }

    private static String name(String kind, Split split, double units) {
        return "%s-%d-%d-%d-a-day".formatted(kind, split.control(), split.challenger(), Math.round(units));
    }
}
