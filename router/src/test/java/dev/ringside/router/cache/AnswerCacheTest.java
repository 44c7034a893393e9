package dev.ringside.router.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.routing.AnswerReuse;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.contract.routing.SlotRoutes.VersionRoute;
import dev.ringside.router.cache.CacheCounts.Read;
import dev.ringside.router.cache.CacheCounts.Write;
import dev.ringside.router.cache.FakeAnswers.Mood;
import dev.ringside.router.circuit.Circuits;
import dev.ringside.router.route.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
    private static final AnswerReuse REUSE = new AnswerReuse(Duration.ofSeconds(60), Duration.ofMillis(20));
    private static final SlotRoutes SLOT =
            Sample.withTraffic(1, null, REUSE).slots().getFirst();
    private static final Duration LONG = Duration.ofHours(1);

    private final Circuits circuits = new Circuits();
    private final FakeAnswers store = new FakeAnswers();
    private final AnswerCache cache = new AnswerCache(store, circuits);
    private int inferences;

    @AfterEach
    void close() {
        circuits.close();
    }

    private static CachedVersion version(String model, String manifest) {
        return Objects.requireNonNull(
                CachedVersion.of(SLOT, new VersionRoute(model.repeat(64), manifest.repeat(64), List.of("x"))));
    }

    private static InferenceRequest asking(Tensor... inputs) {
        return new InferenceRequest(null, Map.of(), List.of(inputs), List.of());
    }

    private AnswerCache.Answer ask(InferenceRequest request, Tensor output) {
        return ask(version("a", "b"), request, output, LONG);
    }

    private AnswerCache.Answer ask(CachedVersion version, InferenceRequest request, Tensor output, Duration left) {
        return cache.answer(version, Call.of(request, Deadline.in(left, System::nanoTime)), () -> {
            inferences++;
            return new InferenceResponse("m", "1", "r-1", Map.of("device", "cpu"), List.of(output));
        });
    }

    private CacheCounts counts() {
        return Objects.requireNonNull(cache.counts().get("eta"));
    }

    @Test
    void whoAsksTheSameOfTheSameFileGetsTheSameToTheLastBit() {
        var output = new Tensor(
                "y", List.of(4L), new TensorData.Fp64(new double[] {0.1, -0.0, Double.MIN_VALUE, 1.0000000000000002}));
        InferenceRequest request = asking(Tensor.column("x", 3f));
        assertFalse(ask(request, output).cached());
        AnswerCache.Answer again = ask(request, Tensor.column("y", 0f));
        assertTrue(again.cached());
        assertEquals(List.of(output), again.response().outputs());
        assertEquals(Map.of("device", "cpu"), again.response().parameters());
        assertEquals(1, inferences);
        assertEquals(List.of(Duration.ofSeconds(60)), store.ttls());
        assertEquals(1, counts().reads(Read.MISS));
        assertEquals(1, counts().reads(Read.HIT));
        assertEquals(1, counts().writes(Write.KEPT));
    }

    @Test
    void everyTypeOfOutputComesBackAsItWas() {
        List<TensorData> all = List.of(
                new TensorData.Bool(new boolean[] {true, false}),
                new TensorData.Whole(DataType.UINT64, new long[] {-1, 0}),
                new TensorData.Whole(DataType.INT8, new long[] {-128, 127}),
                new TensorData.Int64(new long[] {Long.MIN_VALUE, Long.MAX_VALUE}),
                new TensorData.Fp16(new float[] {Float.float16ToFloat((short) 0x2e66), 65504}),
                new TensorData.Bf16(new float[] {Float.intBitsToFloat(0x3dcd0000), 3.3895314e38f}),
                new TensorData.Fp32(new float[] {0.1f, Float.MIN_VALUE}),
                new TensorData.Bytes(new String[] {"Å\n\"", ""}));
        for (TensorData data : all) {
            InferenceRequest request = asking(Tensor.column("x", data.datatype().name()));
            ask(request, new Tensor("y", List.of(2L), data));
            AnswerCache.Answer again = ask(request, Tensor.column("y", 0f));
            assertTrue(again.cached());
            assertEquals(data, again.response().outputs().getFirst().data());
        }
    }

    @Test
    void theKeyIsTheFileAndWhatIsAskedAndNothingElse() {
        CachedVersion version = version("a", "b");
        Tensor x = Tensor.column("x", 3f);
        Tensor z = Tensor.column("z", 1L);
        String key = version.key(asking(x, z));
        assertEquals(key, version("a", "b").key(asking(z, x)), "whatever the order of inputs");
        assertEquals(
                key,
                version.key(
                        new InferenceRequest("id", Map.of("timeout", 5L, "priority", 1L), List.of(x, z), List.of())));
        assertNotEquals(key, version("c", "b").key(asking(x, z)), "another file");
        assertNotEquals(key, version("a", "c").key(asking(x, z)), "another manifest");
        assertNotEquals(key, version.key(asking(x)));
        assertNotEquals(key, version.key(asking(Tensor.column("x", Math.nextUp(3f)), z)));
        assertNotEquals(
                key, version.key(asking(new Tensor("x", List.of(1L), new TensorData.Fp32(new float[] {3})), z)));
        assertNotEquals(key, version.key(new InferenceRequest(null, Map.of("mode", "x"), List.of(x, z), List.of())));
        assertNotEquals(key, version.key(new InferenceRequest(null, Map.of(), List.of(x, z), List.of("y"))));
        assertTrue(key.matches("ringside:answer:[0-9a-f]{64}"), key);
    }

    @Test
    void anAnswerThatIsTooLargeIsNotKept() {
        var large = new Tensor("y", List.of(40_000L), new TensorData.Fp32(new float[40_000]));
        var longText = Tensor.column("y", "x".repeat(AnswerCache.LARGEST));
        for (Tensor output : List.of(large, longText)) {
            assertFalse(ask(asking(Tensor.column("x", 1f)), output).cached());
        }
        assertEquals(Map.of(), store.kept());
        assertEquals(2, counts().writes(Write.TOO_LARGE));
        assertEquals(2, inferences);
    }

    @Test
    void whatIsNoAnswerIsReplacedByOne() {
        InferenceRequest request = asking(Tensor.column("x", 1f));
        store.kept().put(version("a", "b").key(request), "gone\u0000wrong".getBytes(UTF_8));
        assertFalse(ask(request, Tensor.column("y", 2f)).cached());
        assertEquals(1, counts().reads(Read.UNREADABLE));
        assertTrue(ask(request, Tensor.column("y", 3f)).cached());
    }

    @Test
    void whateverTheStoreDoesTheModelAnswers() {
        InferenceRequest request = asking(Tensor.column("x", 1f));
        for (Mood mood : List.of(Mood.SILENT, Mood.FAILS, Mood.THROWS)) {
            store.be(mood);
            assertFalse(ask(request, Tensor.column("y", 2f)).cached(), mood::toString);
        }
        assertEquals(3, inferences);
        assertEquals(1, counts().reads(Read.LATE));
        assertEquals(2, counts().reads(Read.AWAY));
        assertEquals(0, counts().writes(Write.FAILED), "what cannot be read is not written to");
    }

    @Test
    void oneThatTakesNoAnswersCostsNone() {
        var refusing = new AnswerStore() {
            @Override
            public CompletableFuture<Optional<byte[]>> read(String key) {
                return store.read(key);
            }

            @Override
            public CompletableFuture<?> write(String key, byte[] answer, Duration ttl) {
                throw new IllegalStateException("full");
            }
        };
        var full = new AnswerCache(refusing, circuits);
        Call call = Call.of(asking(Tensor.column("x", 1f)), Deadline.in(LONG, System::nanoTime));
        var response = new InferenceResponse("m", "1", null, Map.of(), List.of(Tensor.column("y", 1f)));
        assertEquals(
                response, full.answer(version("a", "b"), call, () -> response).response());
        assertEquals(1, Objects.requireNonNull(full.counts().get("eta")).writes(Write.FAILED));
    }

    @Test
    void oneThatWasGivenUpIsNotWaitedForUntilItAnswersAgain() {
        InferenceRequest request = asking(Tensor.column("x", 1f));
        ask(request, Tensor.column("y", 2f));
        store.be(Mood.SILENT);
        for (int i = 0; i < 10; i++) {
            ask(request, Tensor.column("y", 2f));
        }
        assertTrue(counts().isOpen());
        store.be(Mood.ANSWERS);
        assertFalse(ask(request, Tensor.column("y", 2f)).cached());
        circuits.probe();
        assertTrue(ask(request, Tensor.column("y", 2f)).cached());
    }

    @Test
    void aRequestWhoseTimeIsNearlyUpAsksTheModelAtOnce() {
        InferenceRequest request = asking(Tensor.column("x", 1f));
        ask(request, Tensor.column("y", 2f));
        assertFalse(ask(version("a", "b"), request, Tensor.column("y", 2f), Duration.ofMillis(10))
                .cached());
        assertEquals(0, counts().reads(Read.LATE), "it is no fault of the store");
    }

    @Test
    void aFailureOfTheModelIsNotKept() {
        Call call = Call.of(asking(Tensor.column("x", 1f)), Deadline.in(LONG, System::nanoTime));
        assertThrows(
                InferenceFailure.class,
                () -> cache.answer(version("a", "b"), call, () -> {
                    throw new InferenceFailure(InferenceFailure.Cause.FAILED, "no");
                }));
        assertEquals(Map.of(), store.kept());
    }
}
