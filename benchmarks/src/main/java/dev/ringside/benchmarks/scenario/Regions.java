package dev.ringside.benchmarks.scenario;

import static dev.ringside.benchmarks.scenario.Plans.DAYS;
import static dev.ringside.benchmarks.scenario.Plans.EFFECTS;
import static dev.ringside.benchmarks.scenario.Plans.EVEN;

import dev.ringside.benchmarks.data.Proportion;
import dev.ringside.benchmarks.data.Traffic;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Experiments in four regions that differ in size and in rate. A run counts as promoted if one region or more is. */
final class Regions {
    private static final List<Double> RATES = List.of(0.1, 0.2, 0.3, 0.4);
    private static final List<Integer> UNITS_A_DAY = List.of(160, 100, 60, 40);

    private Regions() {}

    static List<Scenario> all() {
        return List.of(
                four("four-regions-wave", "one verdict about all four", true, 0.019),
                four("four-regions-each", "a verdict about each, α in four parts", false, 0.045));
    }

    private static Scenario four(String name, String about, boolean wave, double minimumEffect) {
        List<Market> markets = IntStream.range(0, RATES.size())
                .mapToObj(i -> new Market(
                        "city-" + (i + 1),
                        Traffic.steady(UNITS_A_DAY.get(i)),
                        0,
                        List.of(Source.moved(new Proportion(RATES.get(i))))))
                .toList();
        return new Scenario(
                name,
                about,
                List.of(Kpis.booked(minimumEffect)),
                wave,
                markets,
                EVEN,
                0,
                DAYS,
                EFFECTS,
                Set.of(Promise.LEVEL),
                "four-regions");
    }
}
