package dev.ringside.experiments.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.routing.RoutingRow.Arm;
import dev.ringside.experiments.Actor;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegionTest {
    private static final Instant NOW = Instant.parse("2001-04-01T00:00:00Z");
    private static final Ending ENDING = new Ending(NOW, NOW, "7", Actor.POLICY, "so it was decided");
    private static final Ending BY_HAND = new Ending(NOW, null, null, Actor.claimed("alice"), "enough");
    private static final Region.Waiting WAITING = new Region.Waiting("PDX", 1);
    private static final Region.Running RUNNING = WAITING.start(epoch(1, true, "v2"));

    private static RowEpoch epoch(int number, boolean fresh, String challenger) {
        return new RowEpoch(
                number,
                NOW.plusSeconds(number),
                fresh,
                500_000,
                List.of(new Arm("champion", "v1", 1), new Arm("challenger", challenger, 1)),
                "because");
    }

    static List<Region> everyState() {
        return List.of(
                WAITING,
                RUNNING,
                RUNNING.pause(BY_HAND),
                RUNNING.pause(ENDING).provenWorse(),
                RUNNING.pause(BY_HAND).resume(epoch(2, false, "v2")),
                RUNNING.pause(ENDING).resume(epoch(2, true, "v2")),
                RUNNING.promote(ENDING),
                RUNNING.promote(ENDING, new Holdback(epoch(2, true, "v2"), 1, 100_000, NOW)),
                RUNNING.promote(ENDING, new Holdback(epoch(2, true, "v2"), 1, 100_000, NOW))
                        .holdbackIsUp(BY_HAND),
                RUNNING.promote(ENDING).rollBack(BY_HAND),
                RUNNING.rollBack(ENDING),
                RUNNING.endInconclusive(ENDING),
                RUNNING.stop(ENDING),
                WAITING.stop(new Ending(null, null, null, Actor.claimed("alice"), null)));
    }

    @ParameterizedTest
    @MethodSource("everyState")
    void everyStateIsKeptAsJsonAndReadAgain(Region region) {
        String json = Json.write(region);
        assertTrue(json.contains("\"state\":\"" + region.state() + "\""), json);
        assertEquals(region, Json.read(json, Region.class));
        assertEquals("PDX", region.segment());
        assertEquals(1, region.wave());
    }

    @Test
    void whatEndedCanBeginAgainOrBePromotedByHandAndAPromotionCanBeRolledBack() {
        assertEquals(
                2,
                RUNNING.rollBack(ENDING).reopen(epoch(2, true, "v2")).current().epoch());
        assertEquals(
                2,
                RUNNING.endInconclusive(ENDING)
                        .reopen(epoch(2, true, "v2"))
                        .current()
                        .epoch());
        assertEquals(
                2, RUNNING.stop(ENDING).reopen(epoch(2, true, "v2")).current().epoch());
        assertEquals(
                1, WAITING.stop(ENDING).reopen(epoch(1, true, "v2")).current().epoch());
        assertEquals("rolled_back", RUNNING.promote(ENDING).rollBack(ENDING).state());
        assertEquals("promoted", RUNNING.stop(BY_HAND).promote(BY_HAND, null).state());
        assertThrows(IllegalStateException.class, () -> WAITING.stop(BY_HAND).promote(BY_HAND, null));
    }

    @Test
    void theComparisonGoesBackToTheLastEpochThatBeganAfresh() {
        Region.Running region = RUNNING.enter(epoch(2, false, "v2"));
        assertEquals(List.of(1, 2), epochs(region));
        region = region.enter(epoch(3, true, "v3"));
        assertEquals(List.of(3), epochs(region));
        assertEquals(List.of(3, 5), epochs(region.enter(epoch(5, false, "v3"))));
        assertEquals(NOW.plusSeconds(1), region.startedAt());
    }

    private static List<Integer> epochs(Region.Running region) {
        return region.comparison().stream().map(RowEpoch::epoch).toList();
    }

    @Test
    void epochsAndCoverageOnlyGrow() {
        assertThrows(IllegalArgumentException.class, () -> RUNNING.enter(epoch(1, true, "v2")));
        assertThrows(IllegalArgumentException.class, () -> RUNNING.cover(499_999));
        assertEquals(600_000, RUNNING.cover(600_000).current().coverageMillionths());
        assertThrows(IllegalArgumentException.class, () -> new Region.Running("PDX", 0, List.of()));
    }
}
