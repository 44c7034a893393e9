package dev.ringside.app.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.embedded.RunningRedis;
import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.routing.AnswerReuse;
import dev.ringside.contract.routing.RequestLimit;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.contract.routing.SlotRoutes.VersionRoute;
import dev.ringside.router.cache.AnswerCache;
import dev.ringside.router.cache.CachedVersion;
import dev.ringside.router.circuit.Circuits;
import dev.ringside.router.limit.CountedBy;
import dev.ringside.router.limit.LimitCounts;
import dev.ringside.router.limit.RequestLimits;
import dev.ringside.router.limit.SharedBuckets.Bucket;
import dev.ringside.router.limit.SlotLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits and answers of two routers, against the real server, as {@code up} starts it. */
class RedisTrafficTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Long enough for an answer on a machine that does much else. */
    private static final Duration BUDGET = Duration.ofMillis(250);

    /** So slow that no token comes back while a test runs. */
    private static final int ONE_A_SECOND = 1;

    private static final VersionRoute FILE = new VersionRoute("a".repeat(64), "b".repeat(64), List.of("x"));

    @TempDir
    Path folder;

    private RunningRedis redis;
    private Router one;
    private Router other;

    /** What a router has of it. */
    private static final class Router implements AutoCloseable {
        private final Circuits circuits = new Circuits();
        private final RedisLink<byte[]> link;
        private final RedisBuckets buckets;
        private final RequestLimits limits;
        private final AnswerCache cache;
        private int inferences;

        private Router(RedisAddress address) throws Exception {
            link = RedisLink.ofBytes(address).start();
            buckets = new RedisBuckets(link);
            limits = new RequestLimits(buckets, circuits, System::nanoTime);
            cache = new AnswerCache(new RedisAnswers(link), circuits);
            circuits.start();
            await("connected", () -> link.connection() != null);
        }

        private boolean admits(SlotLimit limit, String caller) {
            try {
                limits.admit(limit, caller);
                return true;
            } catch (InferenceFailure refusal) {
                assertEquals(InferenceFailure.Cause.LIMITED, refusal.why());
                assertTrue(refusal.retryAfter().compareTo(Duration.ofSeconds(1)) <= 0, refusal::getMessage);
                return false;
            }
        }

        private LimitCounts counts() {
            return Objects.requireNonNull(limits.counts().get("fare"));
        }

        private AnswerCache.Answer ask(Duration ttl, float x) {
            var request = new InferenceRequest(null, Map.of(), List.of(Tensor.column("x", x)), List.of());
            CachedVersion version =
                    Objects.requireNonNull(CachedVersion.of(slot().with(null, new AnswerReuse(ttl, BUDGET)), FILE));
            return cache.answer(version, Call.of(request, Deadline.in(LIMIT, System::nanoTime)), () -> {
                inferences++;
                return new InferenceResponse("fare", "v1", null, Map.of(), List.of(Tensor.column("y", x / 3)));
            });
        }

        @Override
        public void close() {
            circuits.close();
            link.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        redis = new RunningRedis(folder);
        one = new Router(redis.address());
        other = new Router(redis.address());
    }

    @AfterEach
    void stop() throws Exception {
        one.close();
        other.close();
        redis.close();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long giveUp = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() < giveUp, "not " + what + " within " + LIMIT);
            Thread.sleep(10);
        }
    }

    private static SlotRoutes slot() {
        return new SlotRoutes(
                "fare",
                "rider",
                "segment",
                List.of(),
                new Signature(
                        List.of(new TensorSpec("x", DataType.FP32, List.of(-1L, 1L))),
                        List.of(new TensorSpec("y", DataType.FP32, List.of(-1L, 1L)))),
                Duration.ofSeconds(1),
                "salt",
                null,
                Map.of(),
                Map.of("v1", FILE),
                List.of(),
                List.of());
    }

    private static SlotLimit limit(int burst, RequestLimit.By by) {
        return Objects.requireNonNull(SlotLimit.of(
                InstallKey.parse("0".repeat(32)),
                slot().with(new RequestLimit(ONE_A_SECOND, burst, by, BUDGET), null)));
    }

    @Test
    void routersShareALimit() {
        SlotLimit limit = limit(6, RequestLimit.By.SLOT);
        var admitted = new AtomicInteger();
        long began = System.nanoTime();
        for (int i = 0; i < 12; i++) {
            admitted.addAndGet((i % 2 == 0 ? one : other).admits(limit, "checkout") ? 1 : 0);
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        assertTrue(admitted.get() >= 6 && admitted.get() <= 7 + seconds, () -> admitted + " in " + seconds + " s");
        assertTrue(
                one.counts().admitted(CountedBy.SHARED) >= 1 && other.counts().admitted(CountedBy.SHARED) >= 1);
        assertEquals(
                0, one.counts().admitted(CountedBy.LOCAL_LATE) + other.counts().admitted(CountedBy.LOCAL_LATE));
    }

    @Test
    void eachKeyHasABucketOfItsOwnWhereTheSlotSaysSo() {
        SlotLimit limit = limit(1, RequestLimit.By.KEY);
        assertTrue(one.admits(limit, "checkout"));
        assertTrue(other.admits(limit, "search"));
    }

    @Test
    void requestsAtTheSameTimeTakeNoMoreThanThereIs() throws Exception {
        var bucket = new Bucket("many", ONE_A_SECOND, 500);
        var taken = new AtomicInteger();
        long began = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                Router router = i % 2 == 0 ? one : other;
                threads.execute(
                        () -> taken.addAndGet(router.buckets.take(bucket).join().isZero() ? 1 : 0));
            }
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        assertTrue(taken.get() >= 500 && taken.get() <= 501 + seconds, () -> taken + " taken in " + seconds + " s");
    }

    @Test
    void aBucketGoesOnceItWouldBeFull() {
        one.buckets.take(new Bucket("short", 1_000, 1_000)).join();
        redis.with(commands -> {
            long left = commands.pttl("short");
            assertTrue(left > 0 && left <= 11_000, () -> left + " ms left");
        });
    }

    @Test
    void routersShareAnswersAsLongAsTheyAreKept() throws Exception {
        AnswerCache.Answer first = one.ask(Duration.ofMinutes(1), 1);
        await("kept", () -> other.ask(Duration.ofMinutes(1), 1).cached());
        AnswerCache.Answer again = other.ask(Duration.ofMinutes(1), 1);
        assertEquals(first.response().outputs(), again.response().outputs());
        one.ask(Duration.ofMillis(50), 2);
        Thread.sleep(100);
        int before = other.inferences;
        other.ask(Duration.ofMillis(50), 2);
        assertEquals(before + 1, other.inferences, "it is gone");
    }

    @Test
    void bytesComeBackAsTheyWere() throws Exception {
        var answers = new RedisAnswers(one.link);
        byte[] bytes = "\u0000\u00ff{}".getBytes(UTF_8);
        answers.write("k", bytes, Duration.ofMinutes(1)).get();
        assertArrayEquals(bytes, answers.read("k").get().orElseThrow());
        assertTrue(answers.read("nothing").get().isEmpty());
    }

    @Test
    void oneThatIsKilledCostsNothingAndIsUsedAgainAfterItsStart() throws Exception {
        SlotLimit limit = limit(1_000, RequestLimit.By.SLOT);
        assertTrue(one.admits(limit, "checkout"));
        one.ask(Duration.ofMinutes(1), 1);
        redis.kill();
        await("noticed", () -> {
            assertTrue(one.admits(limit, "checkout"));
            one.ask(Duration.ofMinutes(1), 1);
            return one.counts().isOpen();
        });
        assertTrue(one.counts().admitted(CountedBy.LOCAL_AWAY) + one.counts().admitted(CountedBy.LOCAL_LATE) > 0);
        redis.startAgain();
        long before = one.counts().admitted(CountedBy.SHARED);
        await("back", () -> {
            assertTrue(one.admits(limit, "checkout"));
            return one.counts().admitted(CountedBy.SHARED) > before
                    && one.ask(Duration.ofMinutes(1), 1).cached();
        });
    }

    @Test
    void oneThatIsPausedIsCountedWithoutAndAskedAgain() throws Exception {
        SlotLimit limit = limit(1_000, RequestLimit.By.SLOT);
        assertTrue(one.admits(limit, "checkout"));
        redis.with(commands -> commands.clientPause(3_000));
        await("given up", () -> {
            assertTrue(one.admits(limit, "checkout"));
            one.ask(Duration.ofMinutes(1), 1);
            return one.counts().isOpen();
        });
        assertTrue(one.counts().admitted(CountedBy.LOCAL_LATE) >= 1);
        long before = one.counts().admitted(CountedBy.SHARED);
        await("back", () -> one.admits(limit, "checkout") && one.counts().admitted(CountedBy.SHARED) > before);
    }
}
