package dev.ringside.router.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.feature.FeatureSource;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.routing.ContentLog;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.router.circuit.Circuits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeaturesTest {
    private final FakeFeatures store = new FakeFeatures();
    private final Circuits circuits = new Circuits();
    private final Features features = new Features(store, circuits);

    @AfterEach
    void close() {
        circuits.close();
    }

    private static SlotFeatures slot(String key) {
        var signature = new Signature(
                List.of(
                        new TensorSpec("item", DataType.BYTES, List.of(-1L, 1L)),
                        new TensorSpec("seats", DataType.INT64, List.of(-1L, 1L)),
                        new TensorSpec("age", DataType.FP32, List.of(-1L, 1L)),
                        new TensorSpec("country", DataType.BYTES, List.of(-1L))),
                List.of(new TensorSpec("score", DataType.FP32, List.of(-1L, 1L))));
        var source = new FeatureSource(
                FeatureSource.Origin.REDIS,
                key,
                List.of("country", "age"),
                Map.of("age", "NaN", "country", "none"),
                Duration.ofMillis(20));
        var routes = new SlotRoutes(
                "fare",
                "rider",
                "segment",
                List.of(),
                signature,
                Duration.ofSeconds(1),
                "salt",
                null,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                ContentLog.ALL,
                source);
        return Objects.requireNonNull(SlotFeatures.of(routes));
    }

    private static InferenceRequest request(Tensor... inputs) {
        return new InferenceRequest("r", Map.of("priority", 1L), List.of(inputs), List.of("score"));
    }

    private Features.Completed ofUnit(String unit) {
        return features.complete(slot("user:{unit}"), unit, "other", request(Tensor.column("item", "a")));
    }

    private static Tensor input(Features.Completed completed, String name) {
        return completed.request().inputs().stream()
                .filter(input -> input.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private long defaulted(Missing why) {
        return Objects.requireNonNull(features.counts().get("fare")).defaulted(why);
    }

    @Test
    void whatTheStoreHasIsAddedInTheInputsTypeAndShape() {
        store.put("user:u1", "age", "41.5");
        store.put("user:u1", "country", "PT");
        Features.Completed completed = ofUnit("u1");
        assertNull(completed.defaulted());
        assertEquals(Tensor.column("age", 41.5f), input(completed, "age"));
        assertEquals(
                new Tensor("country", List.of(1L), new TensorData.Bytes(new String[] {"PT"})),
                input(completed, "country"));
        assertEquals(
                List.of("item", "age", "country"),
                completed.request().inputs().stream().map(Tensor::name).toList());
        assertEquals("r", completed.request().id());
        assertEquals(Map.of("priority", 1L), completed.request().parameters());
        assertEquals(List.of("score"), completed.request().outputs());
        assertEquals(2, features.counts().get("fare").found());
    }

    @Test
    void aFieldOrKeyThatIsNotThereHasItsDefault() {
        store.put("user:u1", "country", "PT");
        Features.Completed some = ofUnit("u1");
        assertEquals(Map.of("age", "absent"), some.defaulted());
        assertEquals(Tensor.column("age", Float.NaN), input(some, "age"));
        assertEquals(Map.of("age", "absent", "country", "absent"), ofUnit("u2").defaulted());
        assertEquals(3, defaulted(Missing.ABSENT));
    }

    @Test
    void whatIsNoValueOfTheInputsTypeHasItsDefault() {
        store.put("user:u1", "country", "PT");
        store.put("user:u1", "age", "old");
        assertEquals(Map.of("age", "unreadable"), ofUnit("u1").defaulted());
        Features.Completed noHash =
                features.complete(slot("text:{unit}"), "u1", "other", request(Tensor.column("item", "a")));
        assertEquals(Map.of("age", "unreadable", "country", "unreadable"), noHash.defaulted());
    }

    @Test
    void aStoreThatDoesNotAnswerCostsTheDefaults() {
        store.be(FakeFeatures.Mood.SILENT);
        assertEquals(Map.of("age", "late", "country", "late"), ofUnit("u1").defaulted());
        store.be(FakeFeatures.Mood.FAILS);
        assertEquals(Map.of("age", "away", "country", "away"), ofUnit("u1").defaulted());
        store.be(FakeFeatures.Mood.THROWS);
        assertEquals(Map.of("age", "away", "country", "away"), ofUnit("u1").defaulted());
    }

    @Test
    void aRequestThatDoesNotSayWhatTheKeyIsMadeOfIsNotAskedFor() {
        Features.Completed completed =
                features.complete(slot("user:{unit}"), null, "other", request(Tensor.column("item", "a")));
        assertEquals(Map.of("age", "no_key", "country", "no_key"), completed.defaulted());
        assertEquals(List.of(), store.asked());
        assertEquals(2, defaulted(Missing.NO_KEY));
    }

    @Test
    void whatARequestSendsItselfIsTakenAsItIs() {
        store.put("user:u1", "country", "PT");
        InferenceRequest all = request(
                Tensor.column("age", 3f),
                new Tensor("country", List.of(1L), new TensorData.Bytes(new String[] {"FR"})));
        assertSame(
                all, features.complete(slot("user:{unit}"), "u1", "other", all).request());
        assertEquals(List.of(), store.asked());
        Features.Completed one =
                features.complete(slot("user:{unit}"), "u1", "other", request(Tensor.column("age", 3f)));
        assertEquals(Tensor.column("age", 3f), input(one, "age"));
        assertNull(one.defaulted());
    }

    @Test
    void aRequestThatSendsNothingHasOneRow() {
        store.put("user:u1", "age", "1");
        assertEquals(
                Tensor.column("age", 1f),
                input(features.complete(slot("user:{unit}"), "u1", "other", request()), "age"));
    }

    @Test
    void theRowsOfARequestAreAskedForAtOnceAndEachKeyOnce() {
        store.put("other:a", "age", "1");
        store.put("other:b", "age", "2");
        store.put("other:a", "country", "A");
        Features.Completed completed = features.complete(
                slot("{segment}:{item}"), null, "other", request(Tensor.column("item", "a", "b", "a", "c")));
        assertEquals(List.of(List.of("other:a", "other:b", "other:c")), store.asked());
        assertEquals(Tensor.column("age", 1f, 2f, 1f, Float.NaN), input(completed, "age"));
        assertEquals(
                new TensorData.Bytes(new String[] {"A", "none", "A", "none"}),
                input(completed, "country").data());
        assertEquals(Map.of("age", "absent", "country", "absent"), completed.defaulted());
        assertEquals(5, features.counts().get("fare").found());
        assertEquals(3, defaulted(Missing.ABSENT));
    }

    @Test
    void oneKeyOfAllRowsFillsAllRows() {
        store.put("user:u1", "age", "4");
        Features.Completed completed =
                features.complete(slot("user:{unit}"), "u1", "other", request(Tensor.column("item", "a", "b")));
        assertEquals(Tensor.column("age", 4f, 4f), input(completed, "age"));
        assertEquals(List.of(List.of("user:u1")), store.asked());
    }

    @Test
    void keysAreMadeOfNumbersAsTheyAreWrittenAndOfTextsWithoutQuotes() {
        var request = request(Tensor.column("seats", 4L), Tensor.column("item", "a b"));
        features.complete(slot("{seats}:{item}:{unit}"), "ü", "other", request);
        assertEquals(List.of(List.of("4:a b:ü")), store.asked());
    }

    @Test
    void aTensorWithoutValuesMakesNoRowsWhateverItsShapeSays() {
        var empty = new Tensor("item", List.of(4_000_000_000L, 0L), new TensorData.Bytes(new String[0]));
        Features.Completed completed = features.complete(slot("user:{unit}"), "u1", "other", request(empty));
        assertEquals(List.of(0L, 1L), input(completed, "age").shape());
    }

    @Test
    void moreRowsThanAnybodyMeansAreRefused() {
        var many = new Tensor("item", List.of(600_000L, 1L), new TensorData.Bytes(new String[600_000]));
        var refusal = assertThrows(
                InvalidInput.class, () -> features.complete(slot("user:{unit}"), "u1", "other", request(many)));
        assertTrue(refusal.getMessage().contains("expected at most 524288 rows"), refusal::getMessage);
    }

    @Test
    void aStoreThatAnsweredTenTimesInVainIsNotAskedByRequestsAnyMore() {
        store.be(FakeFeatures.Mood.SILENT);
        for (int i = 0; i < 10; i++) {
            assertEquals("late", ofUnit("u1").defaulted().get("age"));
        }
        assertTrue(features.counts().get("fare").isOpen());
        assertEquals("away", ofUnit("u1").defaulted().get("age"));
        assertEquals(10, store.asked().size());
    }

    @Test
    void oneWhoseAnswersMostlyComeInTimeIsAskedOn() {
        for (int i = 0; i < 100; i++) {
            store.be(i % 3 == 0 ? FakeFeatures.Mood.FAILS : FakeFeatures.Mood.ANSWERS);
            ofUnit("u1");
        }
        assertEquals(100, store.asked().size());
    }

    @Test
    void aStoreThatWasGivenUpIsAskedAgainOnceItAnswersAProbe() {
        store.put("user:u1", "age", "1");
        store.put("user:u1", "country", "PT");
        store.be(FakeFeatures.Mood.FAILS);
        for (int i = 0; i < 10; i++) {
            ofUnit("u1");
        }
        circuits.probe();
        assertTrue(features.counts().get("fare").isOpen());
        store.be(FakeFeatures.Mood.ANSWERS);
        circuits.probe();
        assertFalse(features.counts().get("fare").isOpen());
        assertNull(ofUnit("u1").defaulted());
        assertEquals(List.of("user:u1"), store.asked().getLast());
    }

    @Test
    void afterThatOneFailureIsEnoughToGiveItUpAgain() {
        store.be(FakeFeatures.Mood.FAILS);
        for (int i = 0; i < 10; i++) {
            ofUnit("u1");
        }
        store.be(FakeFeatures.Mood.ANSWERS);
        circuits.probe();
        store.be(FakeFeatures.Mood.FAILS);
        ofUnit("u1");
        assertTrue(features.counts().get("fare").isOpen());
    }

    @Test
    void aProbeThatIsNotAnsweredIsNotFollowedByAnother() {
        store.be(FakeFeatures.Mood.FAILS);
        for (int i = 0; i < 10; i++) {
            ofUnit("u1");
        }
        store.be(FakeFeatures.Mood.SILENT);
        circuits.probe();
        circuits.probe();
        assertEquals(11, store.asked().size());
    }
}
