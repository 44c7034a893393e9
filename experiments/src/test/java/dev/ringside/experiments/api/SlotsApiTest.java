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
import dev.ringside.contract.model.Digests;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slots, versions, champions and files, as the server calls them over a real control plane; only HTTP itself is left out. */
class SlotsApiTest {
    private static final String YAML = "application/yaml";

    private final World world = World.replay();
    private final SlotsApi slots = new SlotsApi(world::plane);
    private final ChampionsApi champions = new ChampionsApi(world::plane);
    private final VersionsApi versions = new VersionsApi(world::plane);
    private final ArtefactsApi artefacts = new ArtefactsApi(world::plane);

    @Test
    void aSlotGoesInAsYamlOrJsonAndComesOutWithEverythingAboutIt() {
        String document = "unit_type: ride\nsegments: [PDX]\nsignature:\n" + Documents.SIGNATURE.indent(2);
        JsonNode slot = json(slots.put("eta", YAML, null, body(document)), 200);
        assertEquals("ride", slot.get("unit_type").asText());
        assertTrue(slot.get("default_champion").isNull());
        JsonNode same =
                json(slots.put("eta", "application/json", null, body(Json.write(Documents.yaml(document)))), 200);
        assertEquals(slot, same);
        assertEquals(slot, json(slots.get("eta"), 200));
        assertEquals(1, json(slots.list(), 200).size());
        assertTrue(refused(404, () -> slots.get("ride")).contains("slot 'ride' does not exist; there are eta"));
        assertTrue(invalid(() -> slots.put("eta", null, null, new byte[0])).contains("expected a document"));
        assertTrue(invalid(() -> slots.put("eta", null, null, body("{"))).contains("line 1"));
        assertTrue(invalid(() -> slots.put("eta", YAML, "a\nb", body(document))).contains("'X-Ringside-Actor'"));
    }

    @Test
    void aVersionsLineageGoesFromItsDataToWhereItIsChampion() {
        world.slot("eta", "PDX");
        byte[] model = {1, 2, 3};
        artefacts.upload(new ByteArrayInputStream(model));
        versions.register("eta", "bob", Json.bytes(Documents.manifest("eta", "v1", Digests.sha256(model))));
        JsonNode lineage = json(versions.lineage("eta", "v1"), 200);
        assertEquals(Digests.sha256(model), lineage.get("sha256").asText());
        assertEquals("bob", lineage.get("registered_by").asText());
        assertEquals(
                Digests.sha256("epochs: 3".getBytes(StandardCharsets.UTF_8)),
                lineage.get("run").get("configuration_sha256").asText());
        assertEquals("[]", lineage.get("comparisons").toString());
        assertEquals("[]", lineage.get("reigns").toString());
        world.fleet.reports();
        champions.point("eta", "ada", body("{\"version\": \"v1\", \"why\": \"seen\"}"));
        JsonNode reign = json(versions.lineage("eta", "v1"), 200).get("reigns").get(0);
        assertEquals("default", reign.get("segment").asText());
        assertEquals("ada", reign.get("by").asText());
        assertEquals("seen", reign.get("why").asText());
        assertTrue(reign.get("lasts").asBoolean());
        assertTrue(refused(404, () -> versions.lineage("eta", "v2")).contains("registered are v1"));
    }

    @Test
    void aVersionIsUploadedRegisteredAndListedWithItsServers() {
        world.slot("eta", "PDX");
        byte[] model = {1, 2, 3};
        JsonNode artefact = json(artefacts.upload(new ByteArrayInputStream(model)), 201);
        assertEquals(Digests.sha256(model), artefact.get("sha256").asText());
        assertEquals(3, artefact.get("bytes").asInt());
        byte[] manifest = Json.bytes(Documents.manifest("eta", "v1", Digests.sha256(model)));
        assertEquals(
                "v1",
                json(versions.register("eta", "bob", manifest), 201)
                        .get("version")
                        .asText());
        json(versions.register("eta", "bob", manifest), 200);
        JsonNode listed = json(versions.list("eta"), 200).get(0);
        assertEquals("bob", listed.get("registered_by").asText());
        assertFalse(listed.get("ready").asBoolean());
        world.fleet.reports();
        champions.point("eta", null, body("{\"version\": \"v1\", \"why\": \"seen\"}"));
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
        assertTrue(refused(
                        409,
                        () -> champions.point(
                                "eta", null, body("{\"version\": \"v3\", \"expected\": \"v2\", \"why\": \"seen\"}")))
                .contains("is 'v1', not 'v2' as expected"));
        assertEquals(
                "v1",
                json(champions.rollBack("eta", null, body("{\"segment\": \"PDX\", \"why\": \"seen\"}")), 200)
                        .get("version")
                        .asText());
        assertTrue(invalid(() -> champions.point("eta", null, new byte[0])).contains("'version': missing"));
        assertTrue(invalid(() -> champions.point("eta", null, body("{\"verson\": \"v3\", \"why\": \"seen\"}")))
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
    void aTextThatCannotBeStoredIsThePersonsMistakeNotTheServers() {
        world.eta("PDX");
        String slot = Json.write(Documents.yaml("unit_type: \"a\\0\"\nsignature:\n" + Documents.SIGNATURE.indent(2)));
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
}
