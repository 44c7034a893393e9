package dev.ringside.benchmarks.scenario;

import dev.ringside.benchmarks.data.Traffic;
import dev.ringside.benchmarks.data.Values;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.experiments.analysis.Normal;
import java.util.List;
import java.util.Set;

/** Puts scenarios together whose minimum effect is what the planned days can find. */
final class Plans {
    /** How long scenarios run unless they say so: promotion looks at weeks 2 to 6. */
    static final int DAYS = 42;

    /** No effect; the minimum one and twice that; and the minimum one the other way. */
    static final List<Double> EFFECTS = List.of(0.0, 1.0, 2.0, -1.0);

    static final List<Double> NONE = List.of(0.0);
    static final List<Split> EVEN = List.of(new Split(0, 1, 1));
    static final Set<Promise> PRINTED = Set.of();
    private static final double ALPHA = 0.025;
    private static final double MISSED = 0.2;

    private Plans() {}

    /** A scenario with one market and one KPI. */
    static Scenario one(
            String name,
            String about,
            KpiDefinition kpi,
            Traffic traffic,
            Source source,
            List<Split> splits,
            List<Double> effects,
            Set<Promise> promises) {
        return new Scenario(
                name,
                about,
                List.of(kpi),
                false,
                List.of(new Market("city", traffic, 0, List.of(source))),
                splits,
                0,
                DAYS,
                effects,
                promises,
                name);
    }

    /**
     * The effect that a split finds with the planned power in the planned days: (z₁₋α + z_power) · √(v (1/n₀ + 1/n₁)),
     * to three digits.
     */
    static double effect(Values values, Traffic traffic, Split split) {
        double units = 0;
        for (int day = 0; day < DAYS; day++) {
            units += traffic.units(day);
        }
        double challenger = units * split.challengerShare();
        double error = StrictMath.sqrt(values.variance() * (1 / challenger + 1 / (units - challenger)));
        return rounded((Normal.upperQuantile(ALPHA) + Normal.upperQuantile(MISSED)) * error);
    }

    private static double rounded(double value) {
        double scale = StrictMath.pow(10, StrictMath.floor(StrictMath.log10(value)) - 2);
        return StrictMath.ceil(value / scale) * scale;
    }
}
