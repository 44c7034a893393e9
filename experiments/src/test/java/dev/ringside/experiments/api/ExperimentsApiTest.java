package dev.ringside.experiments.api;

import static dev.ringside.experiments.api.Calls.body;
import static dev.ringside.experiments.api.Calls.invalid;
import static dev.ringside.experiments.api.Calls.json;
import static dev.ringside.experiments.api.Calls.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.experiments.decision.LookRecord;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Experiments, as the server calls them over a real control plane; only HTTP itself is left out. */
class ExperimentsApiTest {
    private static final String YAML = "application/yaml";

    private final World world = World.replay();
    private final ExperimentsApi experiments = new ExperimentsApi(world::plane);
    private final LooksApi looks = new LooksApi(world::plane);
    private final StateApi state = new StateApi(world::plane);

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void running() {
        world.eta("PDX", "SAN");
        experiments.put("better", YAML, "bob", body(Documents.experimentYaml("[[PDX], [SAN]]")));
        experiments.start("better", "bob", body("{\"why\": \"it is time\"}"));
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
}
