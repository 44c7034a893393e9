package dev.ringside.benchmarks.scenario;

import static dev.ringside.benchmarks.scenario.Plans.DAYS;
import static dev.ringside.benchmarks.scenario.Plans.EFFECTS;
import static dev.ringside.benchmarks.scenario.Plans.EVEN;
import static dev.ringside.benchmarks.scenario.Plans.NONE;

import dev.ringside.benchmarks.data.Lognormal;
import dev.ringside.benchmarks.data.Proportion;
import dev.ringside.benchmarks.data.Traffic;
import java.util.List;
import java.util.Set;

/** A primary KPI with guardrails beside it. */
final class Guardrails {
    private static final Set<Promise> LEVEL = Set.of(Promise.LEVEL);
    private static final Proportion BOOKED = new Proportion(0.2);
    private static final Proportion COMPLAINED = new Proportion(0.02);
    private static final double EFFECT = 0.02;
    private static final double MARGIN = 0.007;

    private Guardrails() {}

    static List<Scenario> all() {
        return List.of(
                new Scenario(
                        "two-guardrails",
                        "both unharmed",
                        List.of(Kpis.booked(EFFECT), Kpis.complained(MARGIN), Kpis.stayed(0.4)),
                        false,
                        List.of(new Market(
                                "city",
                                Traffic.steady(460),
                                0,
                                List.of(
                                        Source.moved(BOOKED),
                                        Source.fixed(COMPLAINED, COMPLAINED),
                                        Source.fixed(new Lognormal(5, 0.8), new Lognormal(5, 0.8))))),
                        EVEN,
                        0,
                        DAYS,
                        EFFECTS,
                        LEVEL,
                        "two-guardrails"),
                harmed("guardrail-harmed-by-half-its-margin", MARGIN / 2, BOOKED),
                harmed("guardrail-harmed-by-its-margin", MARGIN, new Proportion(0.2 + 3 * EFFECT)));
    }

    /** No effect, if a loss of the margin counts as none: what is bought with it must not be promoted. */
    private static Scenario harmed(String name, double loss, Proportion booked) {
        return new Scenario(
                name,
                "complaints %s up, the margin is %s".formatted(loss, MARGIN),
                List.of(Kpis.booked(EFFECT), Kpis.complained(MARGIN)),
                false,
                List.of(new Market(
                        "city",
                        Traffic.steady(460),
                        0,
                        List.of(
                                Source.fixed(BOOKED, booked),
                                Source.fixed(COMPLAINED, new Proportion(COMPLAINED.rate() + loss))))),
                EVEN,
                0,
                DAYS,
                NONE,
                LEVEL,
                name);
    }
}
