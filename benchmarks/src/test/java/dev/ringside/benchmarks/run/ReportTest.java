package dev.ringside.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.benchmarks.scenario.NoWorse;
import dev.ringside.benchmarks.scenario.Promise;
import dev.ringside.benchmarks.scenario.Scenario;
import dev.ringside.benchmarks.scenario.Scenarios;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    Path folder;

    private static List<Row> play(int threads, List<Scenario> scenarios) throws InterruptedException {
        return new Bench(20, 7, threads).play(scenarios, Bench.Progress.NONE);
    }

    @Test
    void theResultDependsNeitherOnThreadsNorOnWhichScenariosArePlayed() throws InterruptedException {
        List<Scenario> one = Scenarios.named(List.of("small-region"));
        List<Row> alone = play(1, one);
        List<Row> among = play(3, Scenarios.named(List.of("small-region", "lost-units", "four-regions-each")));
        assertEquals(alone, among.subList(0, alone.size()));
        assertFalse(new Bench(20, 8, 1).play(one, Bench.Progress.NONE).equals(alone), "another seed, other units");
    }

    @Test
    void theJsonHasExactlyTheFieldsThatItIsSaidToHaveAndNullWhereNothingIs() throws IOException, InterruptedException {
        Path file = folder.resolve("out.json");
        new Report(play(2, Scenarios.named(List.of("lost-units")))).write(file);
        JsonNode json = Json.read(Files.readString(file), JsonNode.class);
        assertEquals(List.of("scenarios"), names(json));
        JsonNode row = json.get("scenarios").get(0);
        assertEquals(
                List.of(
                        "alpha",
                        "coverage",
                        "days_to_roll_back",
                        "effect",
                        "inconclusive",
                        "information",
                        "name",
                        "promoted",
                        "rolled_back",
                        "runs",
                        "shown_over_true"),
                names(row).stream().sorted().toList());
        assertEquals(20, row.get("runs").intValue());
        assertEquals(0.025, row.get("alpha").doubleValue());
        assertTrue(row.get("shown_over_true").isNull(), "no effect, so nothing to divide by");
        assertTrue(row.get("days_to_roll_back").isNull(), "never rolled back");
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList(), "nothing half written stays");
        }
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Row row(double effect, double promoted, double rolledBack, double coverage) {
        return new Row(
                "x",
                effect,
                2000,
                0.025,
                promoted,
                rolledBack,
                0,
                coverage,
                0.8,
                null,
                1.0,
                0,
                rolledBack,
                rolledBack,
                2000,
                new BitSet(),
                0);
    }

    @Test
    void whatIsMissedIsSaidWithItsBound() {
        Set<Promise> level = Set.of(Promise.LEVEL);
        assertEquals(List.of(), Check.STANDARD.misses(row(0, 0.033, 0.033, 0.94), level));
        assertEquals(
                List.of("promoted 0.0340, expected 0.0337 at most", "coverage 0.9370, expected 0.9378 or more"),
                Check.STANDARD.misses(row(0, 0.034, 0, 0.937), level));
        assertEquals(List.of(), Check.STANDARD.misses(row(1, 0.9, 0, 0.95), level), "an effect is no false promotion");
        assertEquals(
                List.of("power 0.7640, expected 0.7650 or more"),
                Check.STANDARD.misses(row(1, 0.764, 0, 0.95), Set.of(Promise.POWER)));
        assertEquals(
                List.of("rolled back at the first closing 0.9995, expected 1.0000 or more"),
                Check.STANDARD.misses(row(0, 0, 0.9995, 1), Set.of(Promise.AT_ONCE)));
    }

    private static Row promoted(String name, int from, int to) {
        Row row = row(1, 0.7, 0, 0.95);
        var promotions = new BitSet();
        promotions.set(from, to);
        return new Row(
                name,
                1,
                row.runs(),
                row.alpha(),
                row.promoted(),
                row.rolledBack(),
                row.inconclusive(),
                row.coverage(),
                row.information(),
                null,
                null,
                0,
                0,
                0,
                row.stops(),
                promotions,
                0);
    }

    /** S4: what only one of two finds decides, as both met the same units. */
    @Test
    void aPlanThatFindsLessThanAnotherInTheSameWorldIsMissed() {
        NoWorse pair = Scenarios.noWorse().getFirst();
        Row ramp = promoted(pair.name(), 25, 1_000);
        // 25 runs that only the other finds: 2.5 · √25. Of 24 more that only the ramp finds they are 1 in balance.
        Report kept = new Report(List.of(ramp, promoted(pair.than(), 0, 1_000)));
        assertEquals(
                List.of("a 9:1 ramp week costs nothing against throwing it away: ramp-week-thrown-away finds it in 25"
                        + " runs more than ramp-9-1-week-then-1-1, expected 12.5 at most"),
                kept.misses(pair, Check.STANDARD));
        assertEquals(List.of(), new Report(List.of(ramp, promoted(pair.than(), 0, 976))).misses(pair, Check.STANDARD));
        assertEquals(List.of(), new Report(List.of(ramp)).misses(pair, Check.STANDARD), "one alone says nothing");
    }

    @Test
    void whatIsHeldBackUndoesPromotionsOfWhatTurnedAndTheReportSaysHowMany() throws InterruptedException {
        List<Scenario> turning = Scenarios.named(List.of("novelty-then-reversal-25%"));
        var report = new Report(new Bench(60, 20010401, 2).play(turning, Bench.Progress.NONE));
        Row row = report.scenarios().getFirst();
        assertTrue(row.undone() > 0 && row.undone() <= row.promotions().cardinality(), row::toString);
        assertTrue(
                report.notes().getFirst().endsWith("promotions were undone by those held back."),
                report.notes()::toString);
    }

    @Test
    void aRowThatLiesAStandardErrorAboveAlphaIsSuspicious() {
        assertFalse(Check.suspicious(row(0, 0.028, 0.028, 1), Set.of(Promise.LEVEL)));
        assertTrue(Check.suspicious(row(0, 0.029, 0, 1), Set.of(Promise.LEVEL)));
        assertTrue(Check.suspicious(row(0, 0, 0.029, 1), Set.of(Promise.LEVEL)));
        assertFalse(Check.suspicious(row(0, 0.9, 0, 1), Set.of()), "what is not promised is not played again");
    }
}
