package dev.ringside.benchmarks.scenario;

import static dev.ringside.benchmarks.scenario.Plans.DAYS;
import static dev.ringside.benchmarks.scenario.Plans.EVEN;
import static dev.ringside.benchmarks.scenario.Plans.NONE;
import static dev.ringside.benchmarks.scenario.Plans.one;

import dev.ringside.benchmarks.data.Buyers;
import dev.ringside.benchmarks.data.Lognormal;
import dev.ringside.benchmarks.data.Proportion;
import dev.ringside.benchmarks.data.Traffic;
import dev.ringside.benchmarks.data.Values;
import dev.ringside.contract.kpi.KpiDefinition;
import java.util.List;
import java.util.Set;

/** Challengers that fail, and arms that lose units. */
final class Broken {
    private static final Set<Promise> AT_ONCE = Set.of(Promise.AT_ONCE);
    private static final Set<Promise> SOON = Set.of(Promise.BY_THE_THIRD_DAY);
    private static final KpiDefinition BOOKED = Kpis.booked(0.005);

    private Broken() {}

    static List<Scenario> all() {
        var five = new Proportion(0.05);
        var buyers = new Buyers(0.05, new Lognormal(10, 1));
        var nobody = new Buyers(0, new Lognormal(10, 1));
        return List.of(
                broken("broken-5%-to-0%", BOOKED, 1000, five, new Proportion(0), AT_ONCE),
                broken("broken-5%-to-0.05%", BOOKED, 1000, five, new Proportion(0.0005), AT_ONCE),
                complaints("broken-complaints-0.05%-to-5%", 0.0005, 0.05, AT_ONCE),
                complaints("broken-complaints-0%-to-20%", 0, 0.2, AT_ONCE),
                broken("broken-5%-to-1%", BOOKED, 1000, five, new Proportion(0.01), SOON),
                broken(
                        "broken-98%-to-100%-less-is-better",
                        Kpis.gaveUp(0.005), 1000, new Proportion(0.98), new Proportion(1), SOON),
                broken("broken-revenue-to-nothing", Kpis.spent(0.05), 1000, buyers, nobody, SOON),
                broken("broken-5%-to-0%", BOOKED, 100, five, new Proportion(0), Plans.PRINTED),
                broken(
                        "broken-70%-to-27%",
                        Kpis.booked(0.1), 5, new Proportion(0.7), new Proportion(0.27), Plans.PRINTED),
                lost(),
                lostBesideALongWindow());
    }

    private static Scenario broken(
            String kind, KpiDefinition kpi, int unitsAnArm, Values control, Values challenger, Set<Promise> promises) {
        return one(
                name(kind, unitsAnArm),
                unitsAnArm + " units an arm a day",
                kpi,
                Traffic.steady(2 * unitsAnArm),
                Source.fixed(control, challenger),
                EVEN,
                NONE,
                promises);
    }

    private static Scenario complaints(String kind, double control, double challenger, Set<Promise> promises) {
        return new Scenario(
                name(kind, 1000),
                "the guardrail fails, the primary KPI shows nothing",
                List.of(BOOKED, Kpis.complained(0.002)),
                false,
                List.of(new Market(
                        "city",
                        Traffic.steady(2000),
                        0,
                        List.of(
                                Source.fixed(new Proportion(0.05), new Proportion(0.05)),
                                Source.fixed(new Proportion(control), new Proportion(challenger))))),
                EVEN,
                0,
                DAYS,
                NONE,
                promises,
                kind);
    }

    private static String name(String kind, int unitsAnArm) {
        return "%s-%d-an-arm-a-day".formatted(kind, unitsAnArm);
    }

    private static Scenario lost() {
        var values = new Proportion(0.2);
        return losing(
                "lost-units",
                "half of the challenger's units leave no trace",
                List.of(Kpis.booked(0.02)),
                300,
                0.5,
                List.of(Source.fixed(values, values)));
    }

    /**
     * Of the challenger's units 42 in 100 of those without an event are lost: the rest are 60 in 100, and 8.3 % of them
     * have one where it was 5 %. A monitor's window closes weeks later.
     */
    private static Scenario lostBesideALongWindow() {
        return losing(
                "lost-units-beside-a-28-day-window",
                "the challenger's units without an event are lost, 8,000 : 4,800 a week",
                List.of(Kpis.booked(0.005), Kpis.cameBack()),
                2300,
                0.4,
                List.of(
                        Source.fixed(new Proportion(0.05), new Proportion(0.0832)),
                        Source.fixed(new Proportion(0.3), new Proportion(0.3))));
    }

    private static Scenario losing(
            String name, String about, List<KpiDefinition> kpis, double units, double lost, List<Source> sources) {
        return new Scenario(
                name,
                about,
                kpis,
                false,
                List.of(new Market("city", Traffic.steady(units), lost, sources)),
                EVEN,
                0,
                DAYS,
                NONE,
                Set.of(Promise.NEVER_PROMOTED),
                name);
    }
}
