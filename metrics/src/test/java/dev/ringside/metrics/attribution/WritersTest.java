package dev.ringside.metrics.attribution;

import static dev.ringside.metrics.attribution.Scene.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Mark;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WritersTest {
    private final MemoryState state = new MemoryState();
    private final Writers writers = new Writers(state.sums());

    private void mark(String writer, long boot, @Nullable Instant through, boolean stepped, boolean closed) {
        Mark.Role role = writer.startsWith("router") ? Mark.Role.ROUTER : Mark.Role.INGEST;
        writers.accept(new Mark(writer, role, boot, through, stepped, closed));
    }

    private void assertHorizon(Instant expected) {
        assertEquals(Nanos.of(expected), writers.horizon());
        assertEquals(Nanos.of(expected), new Writers(state.sums()).horizon(), "the state says the same");
    }

    @Test
    void theHorizonIsTheLeastPromiseOfOpenWriters() {
        mark("router-1", 1, NOON.plusSeconds(10), false, false);
        mark("router-2", 1, NOON.plusSeconds(2), false, false);
        mark("ingest-1", 1, NOON.plusSeconds(5), false, false);
        assertHorizon(NOON.plusSeconds(2));
        mark("router-2", 1, NOON.plusSeconds(3), false, true);
        assertHorizon(NOON.plusSeconds(5));
    }

    @Test
    void aWriterThatHasPromisedNothingHoldsTheHorizonAtNothing() {
        mark("router-1", 1, NOON, true, false);
        mark("ingest-1", 1, null, true, false);
        assertEquals(Nanos.NEVER, writers.horizon());
    }

    @Test
    void ingestMoreThanThirtySecondsBehindIsLeftOutAndComesBackWhenItCatchesUp() {
        mark("ingest-1", 1, NOON, false, false);
        mark("router-1", 1, NOON.plusSeconds(30), false, false);
        assertHorizon(NOON);
        mark("router-1", 1, NOON.plusSeconds(31), false, false);
        assertHorizon(NOON.plusSeconds(31));
        assertTrue(writers.describe().getFirst().leftOut());
        mark("ingest-1", 1, NOON.plusSeconds(20), false, false);
        assertHorizon(NOON.plusSeconds(20));
        assertFalse(writers.describe().getFirst().leftOut());
    }

    @Test
    void aWriterWhoseClockIsSteppedIsNeverLeftOut() {
        mark("ingest-1", 1, NOON, true, false);
        mark("router-1", 1, NOON.plus(Duration.ofDays(7)), true, false);
        assertHorizon(NOON);
    }

    @Test
    void aRouterIsWaitedForUntilItIsClosedInItsPlace() {
        Instant later = NOON.plus(Duration.ofDays(7));
        mark("router-1", 3, NOON.minusSeconds(1), false, false);
        mark("router-1", 3, NOON, false, false);
        mark("router-2", 1, later, false, false);
        assertHorizon(NOON);
        assertFalse(writers.describe().getFirst().leftOut());
        mark("router-1", 2, null, false, true);
        assertHorizon(NOON);
        mark("router-1", 3, NOON.minusSeconds(1), false, true);
        assertHorizon(later);
    }

    @Test
    void aWriterThatHasPromisedNothingHereIsClosedInItsPlaceToo() {
        mark("router-2", 1, NOON, false, false);
        mark("router-1", 3, null, false, false);
        assertEquals(Nanos.NEVER, writers.horizon());
        mark("router-1", 3, null, false, true);
        assertHorizon(NOON);
    }

    @Test
    void aCopyOfAnOldMarkChangesNothing() {
        mark("router-1", 1, NOON, false, false);
        mark("router-1", 1, NOON.plusSeconds(9), false, true);
        mark("router-1", 1, NOON, false, false);
        assertFalse(writers.describe().getFirst().open());
        mark("router-1", 2, NOON.plusSeconds(9), false, false);
        assertTrue(writers.describe().getFirst().open());
        mark("router-1", 1, NOON.plusSeconds(20), false, false);
        assertHorizon(NOON.plusSeconds(9));
    }

    @Test
    void aRetiredRouterThatPromisesMoreIsOpenAgain() {
        mark("router-1", 1, NOON, false, true);
        mark("router-1", 1, NOON.plusSeconds(1), false, false);
        assertHorizon(NOON.plusSeconds(1));
    }

    @Test
    void sequencesAreRememberedByRouterAndBootAlsoAfterARestart() {
        assertFalse(repeats(1, 1));
        assertFalse(repeats(1, 2));
        assertTrue(repeats(1, 1));
        assertFalse(repeats(2, 1));
        assertTrue(new Writers(state.sums()).repeats(prediction(1, 2)));
        for (int boot = 3; boot < 30; boot++) {
            assertFalse(repeats(boot, 1));
        }
        assertTrue(repeats(29, 1));
    }

    private boolean repeats(long boot, long sequence) {
        return writers.repeats(prediction(boot, sequence));
    }

    private static dev.ringside.contract.event.Prediction prediction(long boot, long sequence) {
        var p = Scene.prediction(7, "unit-7", null, null, NOON, sequence);
        return new dev.ringside.contract.event.Prediction(
                p.predictionId(),
                p.unit(),
                p.time(),
                p.slot(),
                p.segment(),
                null,
                null,
                null,
                p.assignedVersion(),
                p.servedVersion(),
                1,
                null,
                null,
                null,
                null,
                p.router(),
                boot,
                sequence);
    }
}
