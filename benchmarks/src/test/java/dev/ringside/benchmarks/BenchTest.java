package dev.ringside.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.benchmarks.run.Bench;
import dev.ringside.benchmarks.run.Check;
import dev.ringside.benchmarks.run.Report;
import dev.ringside.benchmarks.run.Row;
import dev.ringside.benchmarks.scenario.NoWorse;
import dev.ringside.benchmarks.scenario.Scenario;
import dev.ringside.benchmarks.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scenario of {@code ringside bench statistics}, 300 runs of it, seed 20010401, the first of the 2,000 that
 * docs/statistics.md shows. A share that is truly p has over n runs the standard error √(p (1 − p) / n), .0090 for α = .025
 * and .0126 for a coverage of .95. A row that lies more than one of them beyond its promise is doubtful, as one in six is by
 * chance at the promise itself; it is played 1,200 times, and must then lie within 2.5 of the smaller standard errors of
 * those runs, .0045 for α. A share that is truly .05 is doubtful with a probability of .90 and then fails with one of .98; 300
 * runs held to 3.5 standard errors, the bound of as few false alarms over 136 rows, would fail it with one of .3. Where a
 * promise has no tolerance of its own it must hold over the longer runs as it stands.
 */
@Tag("slow")
class BenchTest {
    private static final int RUNS = 300;
    private static final int MORE_RUNS = 4 * RUNS;
    private static final long SEED = 20010401;
    private static final Check DOUBTFUL = new Check(1);
    private static final Check KEPT = new Check(2.5);

    @ParameterizedTest(name = "{0}")
    @MethodSource("named")
    @DisplayName("S1–S8, S13, S17: what docs/statistics.md promises of a scenario holds, doubtful rows over 1,200 runs")
    void whatIsPromisedHolds(Scenario scenario) throws InterruptedException {
        var rows = new ArrayList<Row>();
        var misses = new ArrayList<String>();
        for (Row row : play(List.of(scenario), RUNS)) {
            boolean doubtful = !DOUBTFUL.misses(row, scenario.promises()).isEmpty();
            Row decides = doubtful
                    ? play(List.of(scenario.only(row.effect())), MORE_RUNS).getFirst()
                    : row;
            rows.add(decides);
            if (doubtful) {
                KEPT.misses(decides, scenario.promises())
                        .forEach(miss -> misses.add("effect " + decides.effect() + ": " + miss));
            }
        }
        assertEquals(List.of(), misses, new Report(rows).table(List.of(scenario)));
    }

    @Test
    @DisplayName("S4: a ramp week costs nothing against throwing it away")
    void whatIsPromisedOfTwoScenariosHolds() throws InterruptedException {
        for (NoWorse pair : Scenarios.noWorse()) {
            List<Scenario> both = Scenarios.all().stream()
                    .filter(found ->
                            found.name().equals(pair.name()) || found.name().equals(pair.than()))
                    .map(found -> found.only(pair.effect()))
                    .toList();
            assertEquals(2, both.size());
            if (!new Report(play(both, RUNS)).misses(pair, DOUBTFUL).isEmpty()) {
                assertEquals(List.of(), new Report(play(both, MORE_RUNS)).misses(pair, KEPT));
            }
        }
    }

    private static List<Row> play(List<Scenario> scenarios, int runs) throws InterruptedException {
        return new Bench(runs, SEED, Runtime.getRuntime().availableProcessors()).play(scenarios, Bench.Progress.NONE);
    }

    static List<Named<Scenario>> named() {
        return Scenarios.all().stream()
                .map(scenario -> Named.of(scenario.name(), scenario))
                .toList();
    }
}
