package dev.ringside.router.route;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.routing.AnswerReuse;
import dev.ringside.contract.routing.RequestLimit;
import dev.ringside.router.TestRouter;
import dev.ringside.router.cache.FakeAnswers;
import dev.ringside.router.limit.FakeBuckets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In segment north, rider-2 is a challenger's unit and rider-1 a champion's. */
class RouterTrafficTest {
    private static final AnswerReuse REUSE = new AnswerReuse(Duration.ofSeconds(60), Duration.ofMillis(200));

    @TempDir
    Path folder;

    private TestRouter router;

    @BeforeEach
    void start() throws IOException {
        router = new TestRouter(folder, false);
        router.role.accept(Sample.withTraffic(1, null, REUSE));
    }

    @AfterEach
    void stop() throws IOException {
        router.close();
    }

    private InferenceResponse ask(String id, String unit) {
        return router.predict(Sample.request(id, "unit", unit, "region", "north"));
    }

    /** What an event says of the experiment, of inputs and of outputs. */
    private static List<Object> exposure(Prediction event) {
        return Stream.of(
                        event.unit(),
                        event.experiment(),
                        event.variant(),
                        event.assignedVersion(),
                        event.servedVersion(),
                        event.propensity(),
                        event.inputs(),
                        event.outputs())
                .<Object>map(String::valueOf)
                .toList();
    }

    @Test
    void anAnswerThatIsKeptSparesTheModelAndNothingElse() throws IOException {
        List<String> units = List.of("rider-1", "rider-2", "rider-1", "rider-2", "rider-1");
        for (int i = 0; i < units.size(); i++) {
            InferenceResponse answer = ask("r" + i, units.get(i));
            assertEquals(i < 2 ? null : true, answer.parameters().get("cached"));
            assertEquals("eta", answer.modelName());
            assertEquals("r" + i, answer.id());
            assertEquals(units.get(i).equals("rider-1") ? "1" : "2", answer.modelVersion());
        }
        assertEquals(2, router.models.calls().size());
        List<Prediction> events = router.stopAndRead();
        assertEquals(units, events.stream().map(Prediction::unit).toList());
        assertNull(events.get(0).cached());
        assertEquals(true, events.get(2).cached());
        assertEquals(exposure(events.get(0)), exposure(events.get(2)));
        assertEquals(exposure(events.get(1)), exposure(events.get(3)));
        assertEquals(5, events.stream().map(Prediction::predictionId).distinct().count());
    }

    @Test
    void armsDoNotShareAnswersAndUnitsOfAnArmDo() {
        ask("a", "rider-1");
        assertNull(ask("b", "rider-2").parameters().get("cached"));
        InferenceRequest asked = Sample.request(null);
        var theSameOutputs = new InferenceRequest(null, Map.of(), asked.inputs(), List.of("minutes"));
        assertEquals(
                true,
                router.role
                        .router()
                        .predict("eta", "1", theSameOutputs)
                        .parameters()
                        .get("cached"));
        assertEquals(
                true,
                router.predict(Sample.request(null, "region", "south"))
                        .parameters()
                        .get("cached"));
    }

    @Test
    void noPredictionFailsWhateverTheStoresDo() throws IOException {
        Duration budget = Duration.ofMillis(20);
        router.role.accept(Sample.withTraffic(
                2,
                new RequestLimit(1_000, 1_000, RequestLimit.By.SLOT, budget),
                new AnswerReuse(Duration.ofSeconds(60), budget)));
        int asked = 0;
        for (FakeAnswers.Mood answers : FakeAnswers.Mood.values()) {
            for (FakeBuckets.Mood buckets : FakeBuckets.Mood.values()) {
                router.answers.be(answers);
                router.buckets.be(buckets);
                router.role.router().admit("eta", null);
                assertEquals("1", ask("r" + ++asked, "rider-1").modelVersion());
            }
        }
        assertEquals(asked, router.stopAndRead().size());
    }

    @Test
    void aSlotThatSaysNothingOfItKeepsNoAnswersAndTakesAnyNumber() {
        router.role.accept(Sample.table(2));
        for (int i = 0; i < 5; i++) {
            router.role.router().admit("eta", null);
            assertNull(ask("r" + i, "rider-1").parameters().get("cached"));
        }
        assertEquals(5, router.models.calls().size());
        assertEquals(0, router.answers.kept().size());
        assertEquals(List.of(), router.buckets.asked());
    }

    @Test
    void aSlotTakesAsManyRequestsAsItSaysAndOneThatIsNotThereIsAnotherComplaint() {
        router.role.accept(
                Sample.withTraffic(2, new RequestLimit(5, 2, RequestLimit.By.KEY, Duration.ofMillis(200)), null));
        router.role.router().admit("eta", "checkout");
        router.role.router().admit("eta", "checkout");
        var refusal =
                assertThrows(InferenceFailure.class, () -> router.role.router().admit("eta", "checkout"));
        assertEquals(429, refusal.why().status());
        assertTrue(refusal.getMessage().contains("'checkout'"), refusal::getMessage);
        assertDoesNotThrow(() -> router.role.router().admit("eta", "search"));
        assertDoesNotThrow(() -> router.role.router().admit("nosuch", "checkout"));
    }
}
