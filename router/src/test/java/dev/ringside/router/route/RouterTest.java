package dev.ringside.router.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.router.TestRouter;
import dev.ringside.router.protection.Forced;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In segment north, rider-2 is a challenger's unit and rider-1 a champion's. */
class RouterTest {
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
    void anEnrolledUnitIsAnsweredByItsArmAndTold() throws IOException {
        InferenceResponse answer = router.predict(Sample.request("r1", "unit", CHALLENGER, "region", "north"));
        assertEquals("eta", answer.modelName());
        assertEquals("2", answer.modelVersion());
        assertEquals("r1", answer.id());
        assertEquals(List.of(Tensor.column("minutes", 2f)), answer.outputs());
        Prediction event = router.stopAndRead().getFirst();
        assertEquals(
                Map.of(
                        "prediction_id", event.predictionId().text(),
                        "experiment", "better",
                        "variant", "challenger",
                        "segment", "north",
                        "model_version", "2",
                        "propensity", "0.5",
                        "device", "cpu"),
                answer.parameters());
    }

    @Test
    void theEventSaysWhoGotWhatAndWhy() throws IOException {
        router.predict(Sample.request(
                "r1", "unit", CHALLENGER, "region", "north", "action", "accept", "action_propensity", "0.25"));
        Prediction event = router.stopAndRead().getFirst();
        assertEquals(
                new Prediction(
                        event.predictionId(),
                        CHALLENGER,
                        event.time(),
                        "eta",
                        "north",
                        "better",
                        1,
                        "challenger",
                        "2",
                        "2",
                        0.5,
                        null,
                        "r1",
                        "accept",
                        0.25,
                        event.router(),
                        1,
                        1),
                event);
        assertEquals(Sample.KEY.unitHash(CHALLENGER), event.unitHash());
    }

    @Test
    void bothArmsGetUnits() {
        Set<Object> variants = IntStream.range(0, 50)
                .mapToObj(i -> router.predict(Sample.request(null, "unit", "rider-" + i, "region", "north"))
                        .parameters()
                        .get("variant"))
                .collect(Collectors.toSet());
        assertEquals(Set.of("champion", "challenger"), variants);
        assertEquals("champion", variant(CHAMPION));
        assertEquals("challenger", variant(CHALLENGER));
    }

    @Test
    void outsideExperimentsUnitsGetTheChampionAndAreLoggedAsNoControls() throws IOException {
        for (String region : List.of("south", "east", "unheard of")) {
            InferenceResponse answer = router.predict(Sample.request(null, "unit", CHALLENGER, "region", region));
            assertEquals("1", answer.modelVersion());
            assertEquals("1.0", answer.parameters().get("propensity"));
            assertNull(answer.parameters().get("experiment"));
            assertNull(answer.parameters().get("variant"));
        }
        List<Prediction> events = router.stopAndRead();
        assertEquals(
                List.of("no_row", "not_covered", "no_row"),
                events.stream().map(Prediction::reason).toList());
        assertEquals(
                List.of("south", "east", "other"),
                events.stream().map(Prediction::segment).toList());
        assertTrue(events.stream().allMatch(e -> e.experiment() == null && e.variant() == null && e.epoch() == null));
    }

    @Test
    void withoutUnitTheChampionAnswersAndNothingIsLogged() throws IOException {
        InferenceResponse answer = router.predict(Sample.request("r1", "region", "north"));
        assertEquals("1", answer.modelVersion());
        var parameters = new HashMap<>(answer.parameters());
        assertNotNull(parameters.remove("warning"), "units are compared there");
        assertEquals(Map.of("segment", "north", "model_version", "1", "device", "cpu"), parameters);
        assertEquals(List.of(), router.stopAndRead());
    }

    @Test
    void anOverriddenUnitGetsItsVersionAndIsMarked() throws IOException {
        assertEquals(
                "2",
                router.predict(Sample.request(null, "unit", "tester", "region", "south"))
                        .modelVersion());
        Prediction event = router.stopAndRead().getFirst();
        assertEquals("override", event.reason());
        assertNull(event.experiment());
    }

    @Test
    void theSameUnitAndRequestIdGetTheSamePrediction() throws IOException {
        var request = Sample.request("r1", "unit", CHALLENGER, "region", "north");
        assertEquals(router.predict(request), router.predict(request));
        router.predict(Sample.request("r2", "unit", CHALLENGER, "region", "north"));
        router.predict(Sample.request(null, "unit", CHALLENGER, "region", "north"));
        router.predict(Sample.request(null, "unit", CHALLENGER, "region", "north"));
        assertEquals(4, router.stopAndRead().size());
        assertEquals(1, router.role.router().counters().counts().get("repeated_requests"));
    }

    @Test
    void aRepeatedRequestThatWaitsLessLongIsTheSame() throws IOException {
        InferenceResponse first =
                router.predict(Sample.request("r1", "unit", CHALLENGER, "region", "north", "timeout", 9_000_000L));
        assertEquals(
                first,
                router.predict(Sample.request("r1", "unit", CHALLENGER, "region", "north", "timeout", 8_000_000L)));
        assertEquals(1, router.stopAndRead().size());
    }

    @Test
    void aVersionsOwnUrlTakesPartInNothing() throws IOException {
        router.role.breakGlass().force(new Forced("eta", "*", null, null));
        InferenceResponse answer =
                router.role.router().predict("eta", "2", Sample.request("r1", "unit", CHALLENGER, "region", "north"));
        assertEquals("2", answer.modelVersion());
        assertNull(answer.parameters().get("prediction_id"));
        assertEquals(List.of(), router.stopAndRead());
    }

    @Test
    void anUnknownSlotIsSaidInTheWordsThatClientsLookFor() {
        var failure =
                assertThrows(InferenceFailure.class, () -> router.role.router().predict("price", Sample.request(null)));
        assertEquals(Cause.UNKNOWN_MODEL, failure.why());
        assertTrue(failure.getMessage().startsWith("Request for unknown model"), failure.getMessage());
    }

    @Test
    void anUnknownVersionIsAnsweredWithThoseThatThereAre() {
        router.models.let("9", () -> {
            throw new InferenceFailure(
                    Cause.UNKNOWN_MODEL, "Request for unknown model: 'eta' version '9' is not found");
        });
        var failure = assertThrows(
                InferenceFailure.class, () -> router.role.router().predict("eta", "9", Sample.request(null)));
        assertEquals(Cause.UNKNOWN_MODEL, failure.why());
        assertEquals("Request for unknown model: 'eta' version '9' is not found; it has 1, 2", failure.getMessage());
    }

    @Test
    void withoutAChampionTheAnswerSaysSo() {
        router.role.accept(Sample.table(2, null));
        for (var request : List.of(Sample.request(null, "region", "south"), Sample.request(null, "unit", "u"))) {
            var failure = assertThrows(InferenceFailure.class, () -> router.predict(request));
            assertEquals(Cause.UNAVAILABLE, failure.why());
            assertTrue(failure.getMessage().contains("has no champion"), failure.getMessage());
        }
    }

    @Test
    void aNewTableIsRoutedByAtOnce() {
        router.role.accept(Sample.table(2, "2"));
        assertEquals(
                "2",
                router.predict(Sample.request(null, "unit", "u", "region", "south"))
                        .modelVersion());
    }

    private Object variant(String unit) {
        return router.predict(Sample.request(null, "unit", unit, "region", "north"))
                .parameters()
                .get("variant");
    }
}
