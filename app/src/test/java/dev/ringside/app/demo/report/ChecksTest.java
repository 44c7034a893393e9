package dev.ringside.app.demo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.KpiDefinition.Combine;
import dev.ringside.contract.kpi.KpiDefinition.Missing;
import dev.ringside.contract.model.LoggedRows;
import dev.ringside.contract.model.RowsManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChecksTest {
    private static final Instant MAY = Instant.parse("2001-05-02T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2001-06-01T00:00:00Z");
    private static final Instant JULY = Instant.parse("2001-07-02T00:00:00Z");

    private static Result.Region region(
            String experiment, String region, String verdict, Instant when, double lower, double upper, double truth) {
        return new Result.Region(
                experiment,
                region,
                new Result.Exposures(10, 10),
                (lower + upper) / 2,
                lower,
                upper,
                truth,
                verdict,
                when,
                null,
                "d");
    }

    private static Result result(long lost, Result.Region... changed) {
        var regions = new ArrayList<>(List.of(
                region("better", "PDX", "promote", MAY, 0.01, 0.05, 0.03),
                region("faulty", "SLC", "roll_back", MAY, -0.08, -0.01, -0.04),
                region("faulty", "BNA", "promote", MAY, 0.01, 0.05, 0.03),
                region("aa", "AUS", "continue", null, -0.01, 0.01, 0)));
        for (Result.Region change : changed) {
            regions.removeIf(r ->
                    r.experiment().equals(change.experiment()) && r.region().equals(change.region()));
            regions.add(change);
        }
        return new Result(regions, new Books(1, 1, 1, 1, 0, 0, 0, 0, 0, lost), 0, 1, 1);
    }

    private static Result retrained(boolean proposed, Result.Region... regions) {
        Result result = result(0);
        var rows = new RowsManifest(
                new LoggedRows(
                        "flight-delay",
                        Instant.parse("2001-04-01T00:00:00Z"),
                        Instant.parse("2001-06-01T00:00:00Z"),
                        "late",
                        Combine.LAST,
                        Missing.EXCLUDE,
                        Duration.ofHours(36),
                        Duration.ofHours(12),
                        true,
                        Map.of(0, 12L)),
                "ab".repeat(32),
                80_000,
                Map.of("open", 3_000L),
                JUNE,
                Map.of());
        var document = proposed ? Json.mapper().createObjectNode().put("name", "retrained") : null;
        return new Result(
                result.regions(),
                result.books(),
                0,
                1,
                1,
                new Retrained(rows, "cd".repeat(32), document, proposed ? null : "nothing is free", List.of(regions)));
    }

    @Test
    void whatWasRetrainedMustGetAnExperimentAndAVerdictThatIsNotWrong() {
        assertEquals(
                List.of(),
                Checks.failures(
                        retrained(true, region("retrained", "PDX", "inconclusive", JULY, -0.01, 0.03, 0.01)), true));
        assertFails(retrained(false), true, "no experiment was proposed for the model from the log: nothing is free");
        assertFails(
                retrained(true, region("retrained", "PDX", "continue", null, -0.01, 0.03, 0.01)), true, "no verdict");
        assertFails(
                retrained(true, region("retrained", "PDX", "roll_back", JULY, -0.03, 0.02, 0.01)),
                true,
                "where it is better");
        assertFails(
                retrained(true, region("retrained", "PDX", "promote", JULY, -0.03, 0.02, -0.01)),
                false,
                "where it harms");
    }

    private static void assertFails(Result result, boolean whole, String words) {
        List<String> failures = Checks.failures(result, whole);
        assertEquals(1, failures.size(), failures.toString());
        assertTrue(failures.getFirst().contains(words), failures.toString());
    }

    @Test
    void aRunWithTheRightVerdictsAndBooksSucceeds() {
        assertEquals(List.of(), Checks.failures(result(0), true));
    }

    @Test
    void booksThatDoNotBalanceFailEveryRun() {
        assertFails(result(2), false, "2 lost");
    }

    @Test
    void anActOnTwoEqualModelsFailsEveryRun() {
        assertFails(result(0, region("aa", "AUS", "promote", MAY, -0.01, 0.01, 0)), false, "AUS");
        assertFails(result(0, region("aa", "AUS", "roll_back", MAY, -0.01, 0.01, 0)), false, "roll_back");
    }

    @Test
    void aPromotionWhereTheTruthIsHarmFailsEveryRun() {
        assertFails(result(0, region("faulty", "BNA", "promote", MAY, -0.01, 0.05, -0.001)), false, "BNA");
    }

    @Test
    void aWholeRunMustPromoteTheBetterSomewhere() {
        Result none = result(0, region("better", "PDX", "inconclusive", MAY, 0.01, 0.05, 0.03));
        assertFails(none, true, "promoted nowhere");
        assertEquals(List.of(), Checks.failures(none, false));
    }

    @Test
    void aWholeRunMustRollTheFaultyBackBeforeJune() {
        Result late = result(0, region("faulty", "SLC", "roll_back", JULY, -0.08, -0.01, -0.04));
        assertFails(late, true, "before June");
        assertEquals(List.of(), Checks.failures(late, false));
    }

    @Test
    void oneOfAllIntervalsMayMissTheTruthButNotTwo() {
        Result.Region first = region("better", "SAN", "continue", null, 0.01, 0.02, 0.03);
        Result.Region second = region("better", "MCI", "continue", null, 0.01, 0.02, 0.005);
        assertEquals(List.of(), Checks.failures(result(0, first), true));
        assertFails(result(0, first, second), true, "better SAN, better MCI");
    }
}
