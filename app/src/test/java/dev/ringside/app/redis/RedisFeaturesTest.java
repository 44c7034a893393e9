package dev.ringside.app.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.embedded.RunningRedis;
import dev.ringside.contract.feature.FeatureSource;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.routing.ContentLog;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.router.circuit.Circuits;
import dev.ringside.router.feature.FeatureStore.Found;
import dev.ringside.router.feature.Features;
import dev.ringside.router.feature.SlotFeatures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real server, as {@code up} starts it. */
class RedisFeaturesTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Long enough for an answer on a machine that does much else. */
    private static final Duration BUDGET = Duration.ofMillis(250);

    @TempDir
    Path folder;

    private final AtomicLong answers = new AtomicLong();
    private RunningRedis redis;
    private final Circuits circuits = new Circuits();
    private RedisLink<String> link;
    private RedisFeatures store;
    private Features features;

    @BeforeEach
    void start() throws Exception {
        redis = new RunningRedis(folder);
        link = RedisLink.ofTexts(redis.address()).start();
        store = new RedisFeatures(link, System::nanoTime, nanos -> answers.incrementAndGet());
        features = new Features(store, circuits);
        circuits.start();
        redis.with(commands -> {
            commands.hset("user:1", Map.of("age", "41.5", "country", "ÅÄ"));
            commands.hset("user:2", Map.of("age", "young"));
            commands.set("user:3", "no hash");
        });
        await("connected", () -> link.connection() != null);
    }

    @AfterEach
    void stop() throws Exception {
        circuits.close();
        link.close();
        redis.signal("-CONT");
        redis.close();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long giveUp = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() < giveUp, "not " + what + " within " + LIMIT);
            Thread.sleep(10);
        }
    }

    private static SlotFeatures slot() {
        var signature = new Signature(
                List.of(
                        new TensorSpec("age", DataType.FP32, List.of(-1L, 1L)),
                        new TensorSpec("country", DataType.BYTES, List.of(-1L, 1L))),
                List.of(new TensorSpec("score", DataType.FP32, List.of(-1L, 1L))));
        return Objects.requireNonNull(SlotFeatures.of(new SlotRoutes(
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
                new FeatureSource(
                        FeatureSource.Origin.REDIS,
                        "user:{unit}",
                        List.of("age", "country"),
                        Map.of("age", "-1", "country", "none"),
                        BUDGET))));
    }

    private Features.Completed ask(String unit) {
        return features.complete(slot(), unit, "other", new InferenceRequest(null, Map.of(), List.of(), List.of()));
    }

    private @Nullable String why(String unit) {
        Map<String, String> defaulted = ask(unit).defaulted();
        return defaulted == null ? null : defaulted.get("age");
    }

    @Test
    void valuesAreReadAndWhatIsNotThereHasItsDefault() {
        assertEquals(
                List.of(Tensor.column("age", 41.5f), Tensor.column("country", "ÅÄ")),
                ask("1").request().inputs());
        assertNull(ask("1").defaulted());
        assertEquals(Map.of("age", "unreadable", "country", "absent"), ask("2").defaulted());
        assertEquals(Map.of("age", "unreadable", "country", "unreadable"), ask("3").defaulted());
        assertEquals(Map.of("age", "absent", "country", "absent"), ask("4").defaulted());
        assertEquals(
                List.of(Tensor.column("age", -1f), Tensor.column("country", "none")),
                ask("4").request().inputs());
        assertEquals(6, answers.get());
    }

    @Test
    void manyKeysAreAnsweredInTheOrderInWhichTheyWereAsked() throws Exception {
        var keys = new ArrayList<String>();
        redis.with(commands -> {
            for (int i = 0; i < 2_000; i++) {
                commands.hset("many:" + i, "n", Integer.toString(i));
                keys.add("many:" + i);
            }
        });
        keys.set(1_000, "user:3");
        List<Found> found = store.read(keys, List.of("n", "m")).get();
        assertEquals(2_000, found.size());
        for (int i = 0; i < found.size(); i++) {
            if (i == 1_000) {
                assertInstanceOf(Found.NoHash.class, found.get(i));
            } else {
                assertEquals(new Found.Hash(Arrays.asList(Integer.toString(i), null)), found.get(i));
            }
        }
    }

    @Test
    void oneThatIsPausedIsGivenUpAndAskedAgainWhenItAnswers() throws Exception {
        redis.with(commands -> commands.clientPause(3_000));
        assertEquals("late", why("1"));
        await("given up", () -> "away".equals(why("1")));
        await("back", () -> why("1") == null);
    }

    @Test
    void oneThatIsKilledIsUsedAgainAfterItsStart() throws Exception {
        assertNull(why("1"));
        redis.kill();
        await("noticed", () -> "away".equals(why("1")));
        assertThrows(
                ExecutionException.class,
                () -> store.read(List.of("a"), List.of("b")).get());
        redis.startAgain();
        redis.with(commands -> commands.hset("user:1", Map.of("age", "41.5", "country", "ÅÄ")));
        await("back", () -> why("1") == null);
    }

    @Test
    void oneThatHangsLosesItsConnectionAndWhatWasAskedOfIt() throws Exception {
        assertNull(why("1"));
        redis.signal("-STOP");
        var unanswered = store.read(List.of("user:1"), List.of("age"));
        await("lost", unanswered::isCompletedExceptionally);
        assertEquals("away", why("1"));
        redis.signal("-CONT");
        await("back", () -> why("1") == null);
    }
}
