package dev.ringside.app.demo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {
    private static final Instant MAY = Instant.parse("2001-05-02T00:00:00Z");
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
