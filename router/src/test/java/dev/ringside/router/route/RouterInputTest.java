package dev.ringside.router.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.router.TestRouter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In segment north, rider-2 is a challenger's unit and rider-1 a champion's. */
class RouterInputTest {
    private static final String CHALLENGER = "rider-2";
    private static final String CHAMPION = "rider-1";

    @TempDir
    Path folder;

    private TestRouter router;

    @BeforeEach
    void start() throws IOException {
        router = new TestRouter(folder, false);
        router.role.accept(Sample.table(1));
    }

    @AfterEach
    void stop() throws IOException {
        router.close();
    }

    @Test
    void onlyOurParametersAreTakenOutBeforeForwarding() {
        router.predict(Sample.request(
                "r1",
                "unit",
                CHALLENGER,
                "region",
                "north",
                "action",
                "a",
                "action_propensity",
                1L,
                "priority",
                1L,
                "timeout",
                5000L));
        InferenceRequest forwarded = router.models.calls().getFirst().request();
        assertEquals(Map.of("priority", 1L, "timeout", 5000L), forwarded.parameters());
        assertEquals("r1", forwarded.id());
        assertEquals(List.of("minutes"), forwarded.outputs());
    }

    @Test
    void aVersionGetsOnlyTheInputsThatItReads() {
        router.predict(Sample.request(null, "unit", CHALLENGER, "region", "north"));
        router.predict(Sample.request(null, "unit", CHAMPION, "region", "north"));
        assertEquals(List.of("distance", "wind"), inputs(0));
        assertEquals(List.of("distance"), inputs(1));
    }

    @Test
    void anInputThatOneArmReadsIsAskedOfAllArmsAlike() {
        for (String unit : List.of(CHALLENGER, CHAMPION)) {
            var request = new InferenceRequest(
                    null, Map.of("unit", unit, "region", "north"), List.of(Tensor.column("distance", 1f)), List.of());
            var refusal = assertThrows(InvalidInput.class, () -> router.predict(request));
            assertEquals("'inputs.wind': missing", refusal.getMessage());
        }
        var south = new InferenceRequest(
                null, Map.of("unit", "u", "region", "south"), List.of(Tensor.column("distance", 1f)), List.of());
        assertEquals("1", router.predict(south).modelVersion());
    }

    @Test
    void inputsAreCheckedAgainstTheSlotsSignature() {
        refused("inputs.distance", List.of(Tensor.column("distance", 1L), Tensor.column("wind", 1f)), List.of());
        refused("inputs.speed", List.of(Tensor.column("speed", 1f)), List.of());
        refused("inputs.wind", List.of(Tensor.column("wind", 1f), Tensor.column("wind", 1f)), List.of());
        refused("outputs.hours", List.of(Tensor.column("distance", 1f), Tensor.column("wind", 1f)), List.of("hours"));
    }

    @Test
    void parametersOfTheWrongKindAreRefusedByName() {
        refusedParameter("unit", "");
        refusedParameter("unit", "  ");
        refusedParameter("unit", "\t");
        refusedParameter("unit", true);
        refusedParameter("unit", "u".repeat(1025));
        refusedParameter("region", 1.5);
        refusedParameter("action_propensity", 0L);
        refusedParameter("action_propensity", 1.01);
        refusedParameter("action_propensity", "often");
        refusedParameter("time", "2026-03-01T00:00:00Z");
        refusedParameter("time", "yesterday");
        assertThrows(InvalidInput.class, () -> router.predict(Sample.request("i".repeat(1025), "unit", "u")));
        refusedParameter("unit", "a\0b");
        refusedParameter("unit", "half \ud83d");
    }

    @Test
    @DisplayName("D9: other inputs under the same unit and id are another request, the same again is not")
    void theSameIdWithOtherInputsIsAnotherRequest() {
        var first = request("1", 3f);
        Object id = router.predict(first).parameters().get("prediction_id");

        assertEquals(id, router.predict(request("1", 3f)).parameters().get("prediction_id"));
        assertNotEquals(id, router.predict(request("1", 9f)).parameters().get("prediction_id"));
        assertNotEquals(
                id,
                router.predict(new InferenceRequest("1", first.parameters(), first.inputs(), List.of("minutes")))
                        .parameters()
                        .get("prediction_id"));
        assertEquals(1, router.role.router().counters().counts().get("repeated_requests"));
    }

    private static InferenceRequest request(String id, float distance) {
        return new InferenceRequest(
                id,
                Map.of("unit", "ana", "region", "north"),
                List.of(Tensor.column("distance", distance), Tensor.column("wind", 1f)),
                List.of());
    }

    @Test
    @DisplayName("P8: a request that names no segment of its slot is told so, and counted")
    void aSegmentThatIsMissingOrUnknownIsSaid() {
        assertEquals(
                "parameter 'region' is missing; did you mean it by 'regoin'? The request counts for segment 'other'",
                warning("unit", "u", "regoin", "north"));
        assertEquals(
                "parameter 'region' is missing. The request counts for segment 'other'",
                warning("unit", "u", "priority", 1L));
        assertEquals(
                "no parameter 'unit': this request takes part in no experiment. parameter 'region' is missing. The"
                        + " request counts for segment 'other'",
                warning());
        assertEquals(
                "'nort' in parameter 'region' is no segment of this slot; did you mean 'north'?"
                        + " The request counts for segment 'other'",
                warning("unit", "u", "region", "nort"));
        assertEquals(null, warning("unit", "u", "region", "north"));
        assertEquals(null, warning("unit", "u", "region", "other"));
        assertEquals(3, router.role.router().counters().counts().get("segment_missing"));
        assertEquals(1, router.role.router().counters().counts().get("segment_unknown"));
    }

    @Test
    void aRequestWithoutUnitIsToldThatItIsComparedWithNothing() {
        assertEquals(
                "no parameter 'unit': this request takes part in no experiment; 'user' is no parameter that is known"
                        + " here",
                warning("user", "u", "region", "north", "priority", 1L));
        assertEquals("no parameter 'unit': this request takes part in no experiment", warning("region", "north"));
        router.role.accept(Sample.withoutExperiments(2));
        assertEquals(null, warning("user", "u", "region", "north"), "nothing is compared");
    }

    private Object warning(Object... parameters) {
        return router.predict(Sample.request(null, parameters)).parameters().get("warning");
    }

    @Test
    void aNumberIsAUnitToo() throws IOException {
        router.predict(Sample.request(null, "unit", 17L));
        assertEquals("17", router.stopAndRead().getFirst().unit());
    }

    @Test
    void withoutUnitInputsAreCheckedToo() {
        var request = new InferenceRequest(null, Map.of(), List.of(Tensor.column("wind", 1f)), List.of());
        assertEquals(
                "inputs.distance",
                assertThrows(InvalidInput.class, () -> router.predict(request)).field());
    }

    private List<String> inputs(int call) {
        return router.models.calls().get(call).request().inputs().stream()
                .map(Tensor::name)
                .toList();
    }

    private void refused(String field, List<Tensor> inputs, List<String> outputs) {
        var request = new InferenceRequest(null, Map.of("unit", "u", "region", "north"), inputs, outputs);
        var refusal = assertThrows(InvalidInput.class, () -> router.predict(request));
        assertEquals(field, refusal.field());
    }

    private void refusedParameter(String name, Object value) {
        var refusal = assertThrows(InvalidInput.class, () -> router.predict(Sample.request(null, name, value)));
        assertEquals("parameters." + name, refusal.field());
    }
}
