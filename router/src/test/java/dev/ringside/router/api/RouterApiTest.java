package dev.ringside.router.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.json.Json;
import dev.ringside.router.TestRouter;
import dev.ringside.router.route.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterApiTest {
    @TempDir
    Path folder;

    private TestRouter router;
    private BreakGlassResource breakGlass;

    @BeforeEach
    void start() throws IOException {
        router = new TestRouter(folder, false);
        router.role.accept(Sample.table(5));
        breakGlass = new BreakGlassResource(router.role);
    }

    @AfterEach
    void stop() throws IOException {
        router.close();
    }

    @Test
    void aPlaceIsForcedAndLetGoOfByOneCallEach() {
        JsonNode forced = post("{\"slot\":\"eta\",\"segment\":\"north\",\"forced\":true,\"why\":\"wrong\"}");
        assertEquals(
                "[{\"by\":\"alice\",\"segment\":\"north\",\"slot\":\"eta\",\"why\":\"wrong\"}]",
                forced.get("forced").toString());
        assertEquals(
                folder.resolve("break-glass.yaml").toString(),
                forced.get("file").asText());
        assertTrue(router.role.breakGlass().forces("eta", "north"));
        assertEquals(
                "[]",
                post("{\"slot\":\"eta\",\"segment\":\"north\",\"forced\":false,\"why\":\"drill over\"}")
                        .get("forced")
                        .toString());
        assertEquals(
                "[]", Json.read(breakGlass.list(), JsonNode.class).get("forced").toString());
        assertEquals(
                List.of("alice: wrong", "alice: drill over"),
                router.role.report().breakGlassChanges().stream()
                        .map(change -> change.by() + ": " + change.why())
                        .toList());
    }

    @Test
    void whoDoesNotSayTheirNameIsTheUserOfTheServer() {
        breakGlass.change(null, "{\"slot\":\"*\",\"segment\":\"*\",\"forced\":true}".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                System.getProperty("user.name"),
                router.role.breakGlass().forced().getFirst().by());
        var refusal = assertThrows(
                InvalidInput.class,
                () -> breakGlass.change(
                        "a\nb", "{\"slot\":\"*\",\"segment\":\"*\",\"forced\":true}".getBytes(StandardCharsets.UTF_8)));
        assertTrue(refusal.getMessage().contains("X-Ringside-Actor"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"slot\":\"eta\",\"segment\":\"north\"}                       | forced",
                "{\"segment\":\"north\",\"forced\":true}                        | slot",
                "{\"slot\":\"eta\",\"forced\":true}                             | segment",
                "{\"slot\":\"price\",\"segment\":\"north\",\"forced\":true}     | slot",
                "{\"slot\":\"eta\",\"segment\":\"nroth\",\"forced\":true}       | segment",
                "{\"slot\":\"eta\",\"segment\":\"*\",\"force\":true}            | force",
                "{\"slot\":\"*\",\"segment\":\"a b\",\"forced\":true}           | segment",
                "{\"slot\":\"*\",\"segment\":\"*\",\"forced\":true,\"why\":\"\\u0000\"} | why",
            })
    void aWrongFieldIsNamed(String body, String field) {
        var refusal = assertThrows(InvalidInput.class, () -> post(body));
        assertEquals(field, refusal.field());
    }

    @Test
    void starsNeedNoNames() {
        post("{\"slot\":\"*\",\"segment\":\"*\",\"forced\":true}");
        assertTrue(router.role.breakGlass().forces("eta", "other"));
    }

    @Test
    void theStatusTellsTableSpoolAndFallbacks() {
        router.models.let("2", () -> {
            throw new InferenceFailure(InferenceFailure.Cause.FAILED, "NaN");
        });
        router.predict(Sample.request(null, "unit", "rider-2", "region", "north"));
        JsonNode status = Json.read(new RouterResource(router.role).status(), JsonNode.class);
        assertTrue(status.get("ready").asBoolean());
        assertEquals(5, status.get("report").get("routing_version").asInt());
        assertTrue(status.get("routing_age_seconds").asLong() > 0);
        JsonNode fallback = status.get("fallbacks").get(0);
        assertEquals("challenger", fallback.get("variant").asText());
        assertEquals("failed", fallback.get("reason").asText());
        assertEquals(1, fallback.get("count").asInt());
    }

    private JsonNode post(String body) {
        return Json.read(breakGlass.change("alice", body.getBytes(StandardCharsets.UTF_8)), JsonNode.class);
    }
}
