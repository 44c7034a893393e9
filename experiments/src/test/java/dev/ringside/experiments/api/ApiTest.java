package dev.ringside.experiments.api;

import static dev.ringside.experiments.api.Calls.body;
import static dev.ringside.experiments.api.Calls.invalid;
import static dev.ringside.experiments.api.Calls.json;
import static dev.ringside.experiments.api.Calls.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clock, books and fleet, as the server calls them over a real control plane; only HTTP itself is left out. */
class ApiTest {
    private final World world = World.replay();
    private final ClockApi clock = new ClockApi(world::plane);
    private final FleetApi fleet = new FleetApi(world::plane);
    private final StateApi state = new StateApi(world::plane);

    @Test
    void theClockIsShownAndMovedAndRefusesWhatIsNoTime() {
        world.aggregator.reach(World.START.plusSeconds(60));
        JsonNode passed = json(clock.move(body("{\"time\": \"2001-04-01T01:01:00+01:00\"}")), 200);
        assertEquals("2001-04-01T00:01:00Z", passed.get("time").asText());
        assertEquals(0, passed.get("looks").size());
        assertEquals(1, passed.get("routing_version").asInt());
        JsonNode shown = json(clock.get(), 200);
        assertEquals("request", shown.get("clock").asText());
        assertEquals("2001-04-01T00:01:00Z", shown.get("horizon").asText());
        assertTrue(invalid(() -> clock.move(null)).contains("'time': missing"));
        assertTrue(invalid(() -> clock.move(body("{\"time\": \"noon\"}"))).contains("'time': expected a time"));
        assertTrue(refused(409, () -> clock.move(body("{\"time\": \"2001-03-01T00:00:00Z\"}")))
                .contains("never goes back"));
        assertTrue(refused(503, () -> clock.move(body("{\"time\": \"2001-05-01T00:00:00Z\"}")))
                .contains("still missing"));
    }

    @Test
    void booksAddUpThePartitionsAndTheFleetIsListed() {
        world.aggregator.reach(World.START);
        JsonNode books = json(state.books(), 200);
        assertEquals(20, books.get("predictions").asInt());
        assertEquals(2, books.get("repeated_predictions").asInt());
        assertEquals(14, books.get("outcomes").get("counted").asInt());
        assertEquals(0, books.get("outcomes").get("unmatched").asInt());
        assertEquals(0, json(fleet.list(), 200).size());
        world.fleet.reports();
        JsonNode router = json(fleet.list(), 200).get(0);
        assertTrue(router.get("live").asBoolean());
        assertEquals("router", router.get("role").asText());
    }

    @Test
    void aSilentRouterIsRetiredByItsIdAndALivingOneIsNot() {
        world.fleet.reports();
        assertTrue(refused(409, () -> fleet.retire("router-1", "bob", null)).contains("still reports itself"));
        assertTrue(refused(404, () -> fleet.retire("router-9", "bob", null)).contains("there are router-1"));
        world.wall.advance(Duration.ofMinutes(1));
        JsonNode retired = json(fleet.retire("router-1", "bob", body("{\"why\": \"its disk is gone\"}")), 200);
        assertEquals("router-1", retired.get("writer").asText());
        assertFalse(retired.get("before").asBoolean());
        assertTrue(
                json(fleet.retire("router-1", "bob", null), 200).get("before").asBoolean());
        JsonNode entry = json(state.audit("router/router-1", "1", null), 200).get(0);
        assertEquals("retire", entry.get("action").asText());
        assertEquals("its disk is gone", entry.get("why").asText());
    }

    @Test
    void byTheWallClockTheClockCannotBeSet() {
        try (World other = World.wall()) {
            var api = new ClockApi(other::plane);
            assertEquals("wall", json(api.get(), 200).get("clock").asText());
            assertTrue(refused(409, () -> api.move(body("{\"time\": \"2001-03-01T00:00:00Z\"}")))
                    .contains("only with ringside.clock=request"));
        }
    }

    @Test
    void aDatabaseThatIsGoneIsA503() {
        try (World gone = World.replay()) {
            gone.loseDatabase();
            var api = new SlotsApi(gone::plane);
            assertTrue(refused(503, api::list).contains("database does not answer"));
        }
    }

    @Test
    @DisplayName("P14: the numbers that verdicts are decided by are served, not copied by the page")
    void theNumbersThatVerdictsAreDecidedByAreServed() {
        JsonNode policy = json(state.policy(), 200);
        assertEquals("region/2", policy.get("version").asText());
        assertEquals(100, policy.get("minimum_units").intValue());
        assertEquals(25, policy.get("minimum_events").intValue());
        assertEquals(0.25, policy.get("minimum_information").doubleValue());
        assertEquals(StrictMath.log(1000), policy.get("sample_ratio_alarm").doubleValue());
    }
}
