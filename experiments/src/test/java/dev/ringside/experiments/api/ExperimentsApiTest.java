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
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.look.LookRecord;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Experiments, as the server calls them over a real control plane; only HTTP itself is left out. */
class ExperimentsApiTest {
    private static final String YAML = "application/yaml";

    private final World world = World.replay();
    private final ExperimentsApi experiments = new ExperimentsApi(world::plane);
    private final ChampionsApi champions = new ChampionsApi(world::plane);
    private final LooksApi looks = new LooksApi(world::plane);
    private final StateApi state = new StateApi(world::plane);

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void running() {
        world.eta("PDX", "SAN");
        experiments.put("better", YAML, "bob", null, body(Documents.experimentYaml("[[PDX], [SAN]]")));
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
                        "acts",
                        "arms",
                        "attempt",
                        "closed_through",
                        "decided_at",
                        "ended_at",
                        "epoch",
                        "evidence",
                        "evidence_digest",
                        "holdback",
                        "kpis",
                        "look_id",
                        "next_look_at",
                        "overrun",
                        "paused_at",
                        "promotion_alpha",
                        "reasons",
                        "record_digest",
                        "runs",
                        "segment",
                        "serving",
                        "srm",
                        "started_at",
                        "state",
                        "verdict",
                        "verdict_text",
                        "waits_for",
                        "warnings",
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
    @DisplayName("P10: before a verdict there are counts, and what is waited for and until when")
    void beforeAVerdictThereAreCountsAndWhatIsWaitedFor() {
        running();
        JsonNode before = json(experiments.get("better"), 200).get("regions").get(0);
        JsonNode waits = before.get("waits_for");
        assertEquals(3, waits.size());
        assertTrue(
                waits.get(0).get("what").asText().contains("no outcome has closed by then"),
                () -> "nothing but the split can be looked at: " + waits);
        assertTrue(waits.get(1).get("what").asText().startsWith("the first closing of a cohort"), waits::toString);
        assertEquals(
                World.START.plus(Duration.ofDays(3)).toString(),
                waits.get(1).get("until").asText(),
                "the day, then window and grace, up to the end of a cohort");
        assertEquals(
                World.START.plus(Duration.ofDays(16)).toString(),
                waits.get(2).get("until").asText(),
                "the second week, then the same");
        assertEquals(
                before.get("next_look_at").asText(),
                before.get("waits_for").get(0).get("until").asText());
        assertEquals(0, before.get("arms").get(0).get("interim").size());

        world.day("better", 1, "PDX", World.START, 200, 205);
        world.aggregator.reach(World.START.plus(Duration.ofHours(1)));

        JsonNode after = json(experiments.get("better"), 200).get("regions").get(0);
        JsonNode interim = after.get("arms").get(0).get("interim").get(0);
        assertEquals("booked", interim.get("kpi").asText());
        assertEquals(1000, interim.get("units").asInt());
        assertEquals(200, interim.get("events").asInt());
    }

    @Test
    void seriesAndLooksAreThereForEachClosedCohort() {
        running();
        for (int d = 0; d < 4; d++) {
            world.day("better", 1, "PDX", World.START.plus(Duration.ofDays(d)), 200, 205);
        }
        world.pass(World.START.plus(Duration.ofDays(5)));
        JsonNode series = json(experiments.series("better", "PDX", null), 200);
        assertEquals(3, series.size());
        assertEquals(3000, series.get(2).get("units").get("challenger").asInt());
        assertEquals(0.005, series.get(2).get("difference").asDouble(), 1e-12);
        assertEquals(0, json(experiments.series("better", "SAN", null), 200).size());
        JsonNode cohorts = json(experiments.cohorts("better", "PDX", "1"), 200);
        assertEquals("booked", cohorts.get("kpi").asText());
        assertEquals(0, cohorts.at("/comparison/weeks").size(), "no week is whole");
        assertTrue(cohorts.at("/comparison/change").isNull());
        refused(404, () -> experiments.cohorts("better", "PDX", "2"));
        JsonNode all = json(experiments.looks("better", "PDX", null), 200);
        JsonNode look = json(looks.get(all.get(0).get("id").asText()), 200);
        assertEquals(all.get(0), look);
        assertEquals(List.of(), Json.read(look.get("record"), LookRecord.class).problems());
        refused(404, () -> looks.get("99999"));
        refused(404, () -> looks.get("first"));
        refused(404, () -> experiments.series("better", "LAX", null));
        refused(404, () -> experiments.looks("worse", "PDX", null));
    }

    private static byte[] order(String segment) {
        return body("{\"segment\": \"" + segment + "\", \"why\": \"we saw enough\"}");
    }

    private static byte[] order() {
        return body("{\"why\": \"we saw enough\"}");
    }

    @Test
    void ordersWithoutASegmentAreOrdersForTheWholeExperiment() {
        running();
        assertEquals(
                "ended",
                json(experiments.stop("better", null, order()), 200)
                        .get("state")
                        .asText());
        assertTrue(
                refused(409, () -> experiments.start("better", null, order())).contains("has started already"));
        JsonNode again = json(experiments.start("better", null, order("PDX")), 200);
        assertEquals(2, again.get("regions").get(0).get("epoch").asInt());
        json(experiments.promote("better", null, order("PDX")), 200);
        JsonNode undone = json(experiments.rollBack("better", "carol", order("PDX")), 200);
        assertEquals("rolled_back", undone.get("regions").get(0).get("state").asText());
        assertTrue(invalid(() -> experiments.stop("better", null, body("{\"region\": \"PDX\"}")))
                .contains("'region': unknown field"));
        refused(404, () -> experiments.stop("worse", null, order()));
    }

    /** P4: promotions were accepted with "why: null". */
    @Test
    void aReasonIsAskedForWhereverSomethingIsDecided() {
        running();
        String missing = "'why': missing: say in a few words why";
        for (byte[] silent : new byte[][] {null, body("{}"), body("{\"why\": \" \"}")}) {
            for (Supplier<Response> order : List.<Supplier<Response>>of(
                    () -> experiments.start("better", null, silent),
                    () -> experiments.stop("better", null, silent),
                    () -> experiments.promote("better", null, silent),
                    () -> experiments.rollBack("better", null, silent),
                    () -> experiments.pause("better", null, silent),
                    () -> experiments.resume("better", null, silent),
                    () -> experiments.endHoldback("better", null, silent),
                    () -> champions.rollBack("eta", null, silent))) {
                assertTrue(invalid(order).contains(missing));
            }
        }
        assertTrue(invalid(() -> champions.point("eta", null, body("{\"version\": \"v3\"}")))
                .contains(missing));
        byte[] coverage = body(Documents.experimentYaml("[[PDX], [SAN]]") + "description: more of it\n");
        assertTrue(invalid(() -> experiments.put("better", YAML, null, null, coverage))
                .contains("'why': missing: a started experiment is only changed with a reason"));
        json(experiments.put("better", YAML, null, "for the record", coverage), 200);
    }

    /** P1: an inconclusive region promoted by hand looked like a proven one. */
    @Test
    void whatIsProvenAndWhatServesAreTwoThings() {
        running();
        json(experiments.promote("better", "carol", order("PDX")), 200);
        JsonNode view = json(experiments.get("better"), 200);
        JsonNode region = view.get("regions").get(0);
        assertEquals("not_proven", region.at("/evidence/proven").asText());
        assertEquals("v2", region.at("/serving/version").asText());
        assertEquals("carol", region.at("/serving/by").asText());
        assertTrue(region.at("/serving/forced").asBoolean());
        assertEquals("promote", region.at("/serving/act").asText());
        assertEquals("{\"by_hand\":1,\"by_policy\":0}", view.get("promotions").toString());
        JsonNode summary = json(experiments.list(), 200).get(0);
        assertEquals(region.get("serving"), summary.at("/regions/0/serving"));
        json(experiments.rollBack("better", "carol", order("PDX")), 200);
        JsonNode undone = json(experiments.get("better"), 200).get("regions").get(0);
        assertEquals("not_proven", undone.at("/evidence/proven").asText(), "a roll-back by hand proves no harm");
    }

    @Test
    void aPromotionThatTheSlotsRollBackUndidDoesNotLookAsIfItStood() {
        running();
        json(experiments.promote("better", "carol", order("PDX")), 200);
        world.plane().store().write(tx -> {
            world.plane()
                    .champions()
                    .rollBack(tx, Slots.get(tx, "eta"), "PDX", null, new Cause(World.ALICE.actor(), "too bold"));
            return null;
        });
        JsonNode region = json(experiments.get("better"), 200).get("regions").get(0);
        assertEquals("superseded", region.get("state").asText());
        assertTrue(
                region.get("verdict_text").asText().endsWith("; since then alice made v1 champion: too bold"),
                region.get("verdict_text")::asText);
    }

    /** P5: "start again" hid the run before. */
    @Test
    void earlierRunsAndTheirLooksStayReachable() {
        running();
        for (int d = 0; d < 2; d++) {
            world.day("better", 1, "PDX", World.START.plus(Duration.ofDays(d)), 200, 205);
        }
        world.pass(World.START.plus(Duration.ofDays(4)));
        json(experiments.stop("better", "carol", order("PDX")), 200);
        json(experiments.start("better", "dave", order("PDX")), 200);
        JsonNode region = json(experiments.get("better"), 200).get("regions").get(0);
        assertEquals(2, region.get("runs").size());
        assertEquals("stopped", region.at("/runs/0/state").asText());
        assertEquals("carol", region.at("/runs/0/by").asText());
        assertEquals("we saw enough", region.at("/runs/0/why").asText());
        assertEquals("running", region.at("/runs/1/state").asText());
        assertEquals(2, region.get("attempt").asInt());
        double first =
                0.025 / json(experiments.get("better"), 200).get("regions").size();
        assertEquals(first / 2, region.get("promotion_alpha").asDouble(), 1e-12, "half of its share");
        int looks = json(experiments.looks("better", "PDX", null), 200).size();
        assertTrue(looks > 0);
        assertEquals(looks, json(experiments.looks("better", "PDX", "1"), 200).size());
        assertEquals(2, json(experiments.series("better", "PDX", "1"), 200).size());
        assertEquals(0, json(experiments.looks("better", "PDX", "2"), 200).size());
        assertTrue(refused(404, () -> experiments.looks("better", "PDX", "3")).contains("has 2 runs, found run=3"));
    }

    /** P6: a draft that names a version which cannot load blocked the slot for ever. */
    @Test
    void aDraftIsDeleted() {
        world.eta("PDX");
        experiments.put("draft", YAML, "bob", null, body(Documents.experimentYaml("[[PDX]]")));
        assertEquals(
                List.of("start", "delete"),
                Json.read(json(experiments.get("draft"), 200).get("acts"), List.class));
        json(experiments.delete("draft", "bob", null), 200);
        refused(404, () -> experiments.get("draft"));
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
