package dev.ringside.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.benchmarks.run.Bench;
import dev.ringside.benchmarks.run.Check;
import dev.ringside.benchmarks.run.Report;
import dev.ringside.benchmarks.run.Row;
import dev.ringside.benchmarks.scenario.Scenario;
import dev.ringside.benchmarks.scenario.Scenarios;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scenario of {@code ringside bench statistics}, 300 runs of it, seed 20010401. A share that is truly p has over n runs
 * the standard error √(p (1 − p) / n), .0090 for α = .025 and .0126 for a coverage of .95; 3.5 of them are allowed, beyond
 * which chance lies once in 2,000 to 4,000 times (a binomial of so few is skewed to the right). With some 400 shares looked at
 * one is then found in every fifth to tenth seed, so a scenario that misses is played ten times as long, as the bench itself
 * does, and the narrower bounds of those runs decide. The 300 are the first of the 2,000 that docs/statistics.md shows.
 */
@Tag("slow")
class BenchTest {
    private static final int RUNS = 300;
    private static final int MORE_RUNS = 10 * RUNS;
    private static final long SEED = 20010401;
    private static final Check CHECK = new Check(3.5);

    @ParameterizedTest(name = "{0}")
    @MethodSource("named")
    @DisplayName("S1–S8, S13, S17: what docs/statistics.md promises of a scenario holds over 300 runs")
    void whatIsPromisedHolds(String name) throws InterruptedException {
        List<Scenario> scenario = Scenarios.named(List.of(name)).stream()
                .filter(found -> found.name().equals(name))
                .toList();
        List<Row> rows = play(scenario, RUNS);
        if (!misses(rows, scenario.getFirst()).isEmpty()) {
            rows = play(scenario, MORE_RUNS);
        }
        assertEquals(List.of(), misses(rows, scenario.getFirst()), new Report(rows).table(scenario));
    }

    private static List<Row> play(List<Scenario> scenario, int runs) throws InterruptedException {
        return new Bench(runs, SEED, Runtime.getRuntime().availableProcessors()).play(scenario, Bench.Progress.NONE);
    }

    private static List<String> misses(List<Row> rows, Scenario scenario) {
        return rows.stream()
                .flatMap(row -> CHECK.misses(row, scenario.promises()).stream()
                        .map(miss -> "effect " + row.effect() + ": " + miss))
                .toList();
    }

    static List<String> named() {
        return Scenarios.all().stream().map(Scenario::name).toList();
    }
}
