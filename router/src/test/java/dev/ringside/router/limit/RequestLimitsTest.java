package dev.ringside.router.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.routing.RequestLimit;
import dev.ringside.contract.routing.RequestLimit.By;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.router.circuit.Circuits;
import dev.ringside.router.limit.FakeBuckets.Mood;
import dev.ringside.router.route.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
    private final AtomicLong clock = new AtomicLong();
    private final Circuits circuits = new Circuits();
    private final FakeBuckets shared = new FakeBuckets();
    private final RequestLimits limits = new RequestLimits(shared, circuits, clock::get);

    @AfterEach
    void close() {
        circuits.close();
    }

    private static SlotLimit limit(int perSecond, int burst, By by) {
        return limit(Sample.KEY, perSecond, burst, by);
    }

    private static SlotLimit limit(InstallKey installation, int perSecond, int burst, By by) {
        RoutingTable table = Sample.withTraffic(1, new RequestLimit(perSecond, burst, by, Duration.ofMillis(20)), null);
        return Objects.requireNonNull(SlotLimit.of(installation, table.slots().getFirst()));
    }

    private @Nullable InferenceFailure refused(SlotLimit limit, @Nullable String caller) {
        try {
            limits.admit(limit, caller);
            return null;
        } catch (InferenceFailure refusal) {
            return refusal;
        }
    }

    private int admitted(SlotLimit limit, @Nullable String caller, int requests) {
        int admitted = 0;
        for (int i = 0; i < requests; i++) {
            admitted += refused(limit, caller) == null ? 1 : 0;
        }
        return admitted;
    }

    private LimitCounts counts() {
        return Objects.requireNonNull(limits.counts().get("eta"));
    }

    @Test
    void oneTooManyIsRefusedSayingTheLimitAndWhenThereIsRoom() {
        SlotLimit limit = limit(100, 2, By.SLOT);
        assertEquals(2, admitted(limit, "checkout", 2));
        InferenceFailure refusal = assertThrows(InferenceFailure.class, () -> limits.admit(limit, "checkout"));
        assertEquals(InferenceFailure.Cause.LIMITED, refusal.why());
        assertEquals(FakeBuckets.WAIT, refusal.retryAfter());
        assertEquals(
                "slot 'eta' takes 100 requests a second of all callers together (limits.requests_per_second, with a"
                        + " burst of 2): send it again in 1500 ms, send fewer at once, or have the slot's limits raised",
                refusal.getMessage());
        assertEquals(2, counts().admitted(CountedBy.SHARED));
        assertEquals(1, counts().refused(CountedBy.SHARED));
    }

    @Test
    void ofASlotAllDrawFromOneBucketAndOfKeysEachFromItsOwn() {
        SlotLimit together = limit(10, 1, By.SLOT);
        assertNull(refused(together, "checkout"));
        assertTrue(refused(together, "search").getMessage().contains("of all callers together"));
        SlotLimit each = limit(10, 1, By.KEY);
        assertNull(refused(each, "checkout"));
        assertNull(refused(each, "search"));
        assertNull(refused(each, null));
        assertTrue(refused(each, "search").getMessage().contains("of each API key, and 'search' has sent more"));
        assertTrue(refused(each, null).getMessage().contains("of all callers without an API key together"));
    }

    @Test
    void installationsSlotsAndNumbersHaveBucketsOfTheirOwn() {
        admitted(limit(10, 1, By.SLOT), null, 1);
        admitted(limit(10, 2, By.SLOT), null, 1);
        admitted(limit(InstallKey.parse("f".repeat(32)), 10, 1, By.SLOT), null, 1);
        List<String> keys =
                shared.asked().stream().map(SharedBuckets.Bucket::key).toList();
        assertEquals(3, keys.stream().distinct().count(), keys::toString);
        assertFalse(keys.getLast().contains("f".repeat(32)), "the installation's key is told to nobody");
        assertNotEquals("", keys.getFirst());
    }

    @Test
    void aStoreThatDoesNotAnswerCostsNoRequestAndThisRouterCountsByItself() {
        SlotLimit limit = limit(10, 3, By.SLOT);
        shared.be(Mood.SILENT);
        assertNull(refused(limit, null));
        shared.be(Mood.FAILS);
        assertNull(refused(limit, null));
        shared.be(Mood.THROWS);
        assertNull(refused(limit, null));
        assertEquals(Duration.ofMillis(100), refused(limit, null).retryAfter());
        assertEquals(1, counts().admitted(CountedBy.LOCAL_LATE));
        assertEquals(2, counts().admitted(CountedBy.LOCAL_AWAY));
        assertEquals(1, counts().refused(CountedBy.LOCAL_AWAY));
        clock.addAndGet(Duration.ofMillis(100).toNanos());
        assertNull(refused(limit, null));
    }

    @Test
    void losingTheStoreDoesNotBeginWithAFullBucket() {
        SlotLimit limit = limit(10, 5, By.SLOT);
        assertEquals(4, admitted(limit, null, 4));
        shared.be(Mood.FAILS);
        assertEquals(1, admitted(limit, null, 10));
    }

    @Test
    void oneThatWasGivenUpIsNotWaitedForUntilItAnswersAgain() {
        SlotLimit limit = limit(10, 100, By.SLOT);
        shared.be(Mood.SILENT);
        admitted(limit, null, 10);
        assertTrue(counts().isOpen());
        assertEquals(10, admitted(limit, null, 10));
        assertEquals(10, shared.asked().size());
        shared.be(Mood.ANSWERS);
        circuits.probe();
        assertFalse(counts().isOpen());
        assertEquals(10, shared.asked().size(), "looking for it takes nothing");
        assertNull(refused(limit, null));
        assertEquals(1, counts().admitted(CountedBy.SHARED));
    }

    @Test
    void aLimitThatIsChangedCountsFromThenOn() {
        shared.be(Mood.FAILS);
        assertEquals(1, admitted(limit(10, 1, By.SLOT), null, 5));
        assertEquals(3, admitted(limit(10, 3, By.SLOT), null, 5));
    }
}
