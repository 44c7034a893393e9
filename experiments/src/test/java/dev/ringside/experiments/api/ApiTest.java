package dev.ringside.experiments.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.experiments.decision.LookRecord;
import dev.ringside.experiments.world.World;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The resources as the server calls them, over a real control plane; only HTTP itself is left out. */
class ApiTest {
    private static final String YAML = "application/yaml";

    private final World world = World.replay();
    private final SlotsApi slots = new SlotsApi(world::plane);
    private final ChampionsApi champions = new ChampionsApi(world::plane);
    private final VersionsApi versions = new VersionsApi(world::plane);
    private final ArtefactsApi artefacts = new ArtefactsApi(world::plane);
    private final ExperimentsApi experiments = new ExperimentsApi(world::plane);
    private final LooksApi looks = new LooksApi(world::plane);
    private final ClockApi clock = new ClockApi(world::plane);
    private final FleetApi fleet = new FleetApi(world::plane);
    private final StateApi state = new StateApi(world::plane);

    private static byte[] body(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode json(Response response, int status) {
        assertEquals(status, response.getStatus());
        return Json.read((String) response.getEntity(), JsonNode.class);
    }

    private static String refused(int status, Supplier<Response> request) {
        var refusal = assertThrows(WebApplicationException.class, request::get);
        assertEquals(status, refusal.getResponse().getStatus());
        return refusal.getMessage();
    }

    private static String invalid(Supplier<Response> request) {
        return assertThrows(InvalidInput.class, request::get).getMessage();
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void running() {
        world.eta("PDX", "SAN");
        experiments.put("better", YAML, "bob", body(World.experimentYaml("[[PDX], [SAN]]")));
        experiments.start("better", "bob", body("{\"why\": \"it is time\"}"));
    }

    @Test
    void aSlotGoesInAsYamlOrJsonAndComesOutWithEverythingAboutIt() {
        String document = "unit_type: ride\nsegments: [PDX]\nsignature:\n" + World.SIGNATURE.indent(2);
        JsonNode slot = json(slots.put("eta", YAML, null, body(document)), 200);
        assertEquals("ride", slot.get("unit_type").asText());
        assertTrue(slot.get("default_champion").isNull());
        JsonNode same = json(slots.put("eta", "application/json", null, body(Json.write(World.yaml(document)))), 200);
        assertEquals(slot, same);
        assertEquals(slot, json(slots.get("eta"), 200));
        assertEquals(1, json(slots.list(), 200).size());
        assertTrue(refused(404, () -> slots.get("ride")).contains("slot 'ride' does not exist; there are eta"));
        assertTrue(invalid(() -> slots.put("eta", null, null, new byte[0])).contains("expected a document"));
        assertTrue(invalid(() -> slots.put("eta", null, null, body("{"))).contains("line 1"));
        assertTrue(invalid(() -> slots.put("eta", YAML, "a\nb", body(document))).contains("'X-Ringside-Actor'"));
    }

    @Test
    void aVersionIsUploadedRegisteredAndListedWithItsServers() {
        world.slot("eta", "PDX");
        byte[] model = {1, 2, 3};
        JsonNode artefact = json(artefacts.upload(new ByteArrayInputStream(model)), 201);
        assertEquals(Digests.sha256(model), artefact.get("sha256").asText());
        assertEquals(3, artefact.get("bytes").asInt());
        byte[] manifest = Json.bytes(World.manifest("eta", "v1", Digests.sha256(model)));
        assertEquals(
                "v1",
                json(versions.register("eta", "bob", manifest), 201)
                        .get("version")
                        .asText());
        json(versions.register("eta", "bob", manifest), 200);
        JsonNode listed = json(versions.list("eta"), 200).get(0);
        assertEquals("bob", listed.get("registered_by").asText());
        assertFalse(listed.get("ready").asBoolean());
        world.fleetReports();
        champions.point("eta", null, body("{\"version\": \"v1\"}"));
        listed = json(versions.list("eta"), 200).get(0);
        assertTrue(listed.get("ready").asBoolean());
        assertEquals("serving-1", listed.get("servers").get(0).get("id").asText());
        assertEquals("[\"PDX\",\"other\"]", listed.get("champion_of").toString());
        assertEquals("epochs: 3", listed.get("lineage").get("configuration").asText());
        assertEquals(200, artefacts.download(Digests.sha256(model)).getStatus());
        assertTrue(invalid(() -> versions.register("eta", null, body("{\"slot\": \"eta\"}")))
                .contains("'version'"));
        assertTrue(invalid(() -> versions.register("eta", null, body("[]"))).contains("expected a manifest"));
        refused(404, () -> artefacts.download("0".repeat(64)));
    }

    @Test
    void anEmptyUploadIsRefusedAndLeavesNothingOnDisk() throws IOException {
        assertTrue(
                invalid(() -> artefacts.upload(InputStream.nullInputStream())).contains("the bytes of a file"));
        try (var files = Files.list(world.folder())) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void championsAreMovedRolledBackAndAskedAboutAtATime() {
        world.eta("PDX");
        JsonNode moved = json(
                champions.point(
                        "eta",
                        "bob",
                        body("{\"segment\": \"PDX\", \"version\": \"v2\", \"expected\": \"v1\", \"why\": \"better\"}")),
                200);
        assertEquals("v2", moved.get("version").asText());
        assertEquals("better", moved.get("why").asText());
        assertEquals("bob", moved.get("history").get(0).get("actor").asText());
        assertEquals(
                "v1", json(champions.get("eta", null, null), 200).get("version").asText());
        assertTrue(refused(409, () -> champions.point("eta", null, body("{\"version\": \"v3\", \"expected\": \"v2\"}")))
                .contains("is 'v1', not 'v2' as expected"));
        assertEquals(
                "v1",
                json(champions.rollBack("eta", null, body("{\"segment\": \"PDX\"}")), 200)
                        .get("version")
                        .asText());
        assertTrue(invalid(() -> champions.point("eta", null, new byte[0])).contains("'version': missing"));
        assertTrue(invalid(() -> champions.point("eta", null, body("{\"verson\": \"v3\"}")))
                .contains("'verson': unknown field"));
        assertTrue(invalid(() -> champions.get("eta", "PDX", "yesterday")).contains("'at': expected a time"));
        assertTrue(invalid(() -> champions.get("eta", "LAX", null)).contains("has no segment \"LAX\""));
        assertTrue(refused(404, () -> champions.get("eta", "PDX", "2000-01-01T00:00:00Z"))
                .contains("has no champion in PDX at"));
    }

    @Test
    void overridesAreSetAndRemoved() {
        world.eta("PDX");
        assertEquals(
                "tester",
                json(slots.override("eta", "tester", null, body("{\"version\": \"v2\"}")), 200)
                        .get("overrides")
                        .get(0)
                        .get("unit")
                        .asText());
        assertEquals(
                0,
                json(slots.removeOverride("eta", "tester", null), 200)
                        .get("overrides")
                        .size());
        refused(404, () -> slots.removeOverride("eta", "tester", null));
        refused(404, () -> slots.override("eta", "tester", null, body("{\"version\": \"v9\"}")));
    }

    @Test
    void anExperimentsViewHasEveryFieldFromTheBeginning() {
        running();
        JsonNode view = json(experiments.get("better"), 200);
        assertEquals("running", view.get("state").asText());
        assertEquals("100%", view.get("coverage").asText());
        assertEquals("42d", view.get("max_duration").asText());
        JsonNode region = view.get("regions").get(0);
        assertEquals(
                List.of(
                        "arms",
                        "closed_through",
                        "decided_at",
                        "ended_at",
                        "epoch",
                        "evidence_digest",
                        "kpis",
                        "look_id",
                        "next_look_at",
                        "overrun",
                        "reasons",
                        "record_digest",
                        "segment",
                        "srm",
                        "started_at",
                        "state",
                        "verdict",
                        "verdict_text",
                        "wave"),
                names(region).stream().sorted().toList());
        assertEquals("continue", region.get("verdict").asText());
        assertTrue(region.get("srm").isNull());
        assertEquals("booked", region.get("kpis").get(0).get("kpi").asText());
        assertEquals("v2", region.get("arms").get(1).get("version").asText());
        assertEquals("not_started", view.get("regions").get(1).get("verdict").asText());
        JsonNode summary = json(experiments.list(), 200).get(0);
        assertEquals("waiting", summary.get("regions").get(1).get("state").asText());
    }

    @Test
    void seriesAndLooksAreThereForEachClosedCohort() {
        running();
        for (int d = 0; d < 4; d++) {
            world.day("better", 1, "PDX", World.START.plus(Duration.ofDays(d)), 200, 205);
        }
        world.pass(World.START.plus(Duration.ofDays(5)));
        JsonNode series = json(experiments.series("better", "PDX"), 200);
        assertEquals(3, series.size());
        assertEquals(3000, series.get(2).get("units").get("challenger").asInt());
        assertEquals(0.005, series.get(2).get("difference").asDouble(), 1e-12);
        assertEquals(0, json(experiments.series("better", "SAN"), 200).size());
        JsonNode all = json(experiments.looks("better", "PDX"), 200);
        JsonNode look = json(looks.get(all.get(0).get("id").asText()), 200);
        assertEquals(all.get(0), look);
        assertEquals(List.of(), Json.read(look.get("record"), LookRecord.class).problems());
        refused(404, () -> looks.get("99999"));
        refused(404, () -> looks.get("first"));
        refused(404, () -> experiments.series("better", "LAX"));
        refused(404, () -> experiments.looks("worse", "PDX"));
    }

    @Test
    void ordersWithoutABodyAreOrdersForTheWholeExperiment() {
        running();
        assertEquals(
                "ended",
                json(experiments.stop("better", null, null), 200).get("state").asText());
        assertTrue(refused(409, () -> experiments.start("better", null, null)).contains("has started already"));
        JsonNode again = json(experiments.start("better", null, body("{\"segment\": \"PDX\"}")), 200);
        assertEquals(2, again.get("regions").get(0).get("epoch").asInt());
        json(experiments.promote("better", null, body("{\"segment\": \"PDX\"}")), 200);
        JsonNode undone = json(experiments.rollBack("better", "carol", body("{\"segment\": \"PDX\"}")), 200);
        assertEquals("rolled_back", undone.get("regions").get(0).get("state").asText());
        assertTrue(invalid(() -> experiments.stop("better", null, body("{\"region\": \"PDX\"}")))
                .contains("'region': unknown field"));
        refused(404, () -> experiments.stop("worse", null, null));
    }

    @Test
    void theAuditTrailSaysWhoAndWhyAndIsPaged() {
        running();
        JsonNode audit = json(state.audit("experiment/better", "1", null), 200);
        assertEquals("bob", audit.get(0).get("actor").asText());
        assertEquals("it is time", audit.get(0).get("why").asText());
        assertFalse(audit.get(0).get("verified").asBoolean());
        assertEquals(World.START.toString(), audit.get(0).get("at").asText());
        assertEquals("region.start", audit.get(0).get("action").asText());
        JsonNode before = json(
                state.audit("experiment/better", null, audit.get(0).get("id").asText()), 200);
        assertEquals("experiment.create", before.get(0).get("action").asText());
        assertTrue(json(state.audit(null, null, null), 200).size() > 5);
        assertTrue(invalid(() -> state.audit(null, "many", null)).contains("'limit': expected a whole number"));
        assertTrue(invalid(() -> state.audit(null, "5000", null)).contains("'limit': expected at most 1000"));
        assertTrue(invalid(() -> state.audit(null, null, "0")).contains("'before'"));
    }

    @Test
    void aTextThatCannotBeStoredIsThePersonsMistakeNotTheServers() {
        world.eta("PDX");
        String slot = Json.write(World.yaml("unit_type: \"a\\0\"\nsignature:\n" + World.SIGNATURE.indent(2)));
        assertEquals(
                "'why': expected a text that can be kept as it is, found the character NUL (\\u0000) after 1 characters;"
                        + " leave it out of the order",
                invalid(() -> champions.point("eta", null, body("{\"version\": \"v2\", \"why\": \"a\\u0000\"}"))));
        assertTrue(invalid(() -> champions.point("eta", null, body("{\"version\": \"v2\", \"why\": \"\\ud83d\"}")))
                .contains("'why': expected a text that can be kept as it is, found half of a surrogate pair"));
        assertTrue(invalid(() -> champions.point("eta", null, body("{\"version\": \"v2\", \"why\": \"a\0\"}")))
                .contains("'why'"));
        assertTrue(invalid(() -> slots.put("odd", null, null, body(slot))).contains("'unit_type': expected a text"));
        assertTrue(invalid(() -> slots.put("odd", YAML, null, body("unit_type: \"a\\0\"")))
                .contains("after 1 characters; leave it out of the slot"));
        assertTrue(invalid(() -> slots.get("e\0")).contains("the character NUL"));
    }

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
        world.fleetReports();
        JsonNode router = json(fleet.list(), 200).get(0);
        assertTrue(router.get("live").asBoolean());
        assertEquals("router", router.get("role").asText());
    }

    @Test
    void aSilentRouterIsRetiredByItsIdAndALivingOneIsNot() {
        world.fleetReports();
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
        World gone = World.replay();
        gone.close();
        var api = new SlotsApi(gone::plane);
        assertTrue(refused(503, api::list).contains("database does not answer"));
    }
}
