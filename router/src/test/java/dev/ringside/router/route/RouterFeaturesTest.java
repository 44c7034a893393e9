package dev.ringside.router.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.router.TestRouter;
import dev.ringside.router.feature.FakeFeatures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In segment north, rider-2 is a challenger's unit and rider-1 a champion's; the champion does not read the feature. */
class RouterFeaturesTest {
    private static final String CHALLENGER = "rider-2";
    private static final String CHAMPION = "rider-1";

    @TempDir
    Path folder;

    private TestRouter router;

    @BeforeEach
    void start() throws IOException {
        router = new TestRouter(folder, false);
        router.role.accept(Sample.withFeatures(1));
    }

    @AfterEach
    void stop() throws IOException {
        router.close();
    }

    private static InferenceRequest request(String id, Map<String, Object> parameters) {
        return new InferenceRequest(id, parameters, List.of(Tensor.column("distance", 3f)), List.of());
    }

    private InferenceResponse ask(String id, String unit) {
        return router.predict(request(id, Map.of("unit", unit, "region", "north")));
    }

    @Test
    void theModelGetsTheFeatureAndTheEventHasWhatItGot() throws IOException {
        router.features.put("ride:" + CHALLENGER, "wind", "12.5");
        assertNull(ask("a", CHALLENGER).parameters().get("defaulted"));
        List<Tensor> whole = List.of(Tensor.column("distance", 3f), Tensor.column("wind", 12.5f));
        assertEquals(whole, router.models.calls().getFirst().request().inputs());
        Prediction event = router.stopAndRead().getFirst();
        assertEquals(whole, event.inputs());
        assertNull(event.defaulted());
    }

    @Test
    void aFeatureThatIsNotThereIsItsDefaultAndTheEventAndTheAnswerSaySo() throws IOException {
        assertEquals("wind: absent", ask("a", CHALLENGER).parameters().get("defaulted"));
        Prediction event = router.stopAndRead().getFirst();
        assertEquals(Map.of("wind", "absent"), event.defaulted());
        assertEquals(List.of(Tensor.column("distance", 3f), Tensor.column("wind", 7f)), event.inputs());
    }

    @Test
    void allArmsAreAskedForAlikeWhetherTheyReadTheFeatureOrNot() throws IOException {
        ask("a", CHAMPION);
        ask("b", CHALLENGER);
        assertEquals(List.of(List.of("ride:rider-1"), List.of("ride:rider-2")), router.features.asked());
        assertEquals(
                List.of("champion", "challenger"),
                router.stopAndRead().stream()
                        .filter(event -> Map.of("wind", "absent").equals(event.defaulted()))
                        .map(Prediction::variant)
                        .toList());
    }

    @Test
    void noPredictionFailsWhateverTheStoreDoes() throws IOException {
        int asked = 0;
        for (FakeFeatures.Mood mood : FakeFeatures.Mood.values()) {
            router.features.be(mood);
            for (String unit : List.of(CHAMPION, CHALLENGER)) {
                assertEquals(
                        unit.equals(CHAMPION) ? "1" : "2",
                        ask("r" + ++asked, unit).modelVersion(),
                        () -> "while the store " + mood);
            }
        }
        assertEquals(asked, router.stopAndRead().size());
    }

    @Test
    void aRepeatedRequestIsAnsweredAsBeforeWithoutAskingAgain() {
        InferenceResponse first = ask("a", CHALLENGER);
        router.features.put("ride:" + CHALLENGER, "wind", "12.5");
        assertEquals(first, ask("a", CHALLENGER));
        assertEquals(1, router.features.asked().size());
    }

    @Test
    void aRequestWithoutUnitHasTheDefaults() {
        InferenceResponse answer = router.predict(request(null, Map.of("region", "south")));
        assertEquals("wind: no_key", answer.parameters().get("defaulted"));
    }

    @Test
    void aRequestToOneVersionIsCompletedToo() {
        router.features.put("ride:u", "wind", "2");
        InferenceResponse answer = router.role.router().predict("eta", "2", request(null, Map.of("unit", "u")));
        assertNull(answer.parameters().get("defaulted"));
        assertEquals(
                List.of(Tensor.column("distance", 3f), Tensor.column("wind", 2f)),
                router.models.calls().getFirst().request().inputs());
    }
}
