package dev.ringside.router.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.routing.ClockTick;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EventTimesTest {
    private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

    private final HandClock hand = new HandClock();
    private final EventTimes wall = EventTimes.wall(hand);
    private final EventTimes stepped = EventTimes.stepped();

    /** A clock that the test sets. */
    static final class HandClock extends Clock {
        Instant now = T0;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void withoutOpenEventsThePromiseIsTheClock() {
        assertEquals(T0, wall.promise());
        stepped.accept(new ClockTick(T0));
        assertEquals(T0, stepped.promise());
    }

    @Test
    void anEventHoldsThePromiseFromTheMomentThatItHasItsTime() {
        OpenEvent open = wall.begin(null);
        hand.now = T0.plusSeconds(5);
        assertEquals(T0, wall.promise());
        open.close();
        assertEquals(hand.now, wall.promise());
    }

    @Test
    void aRecordedEventHoldsThePromiseUntilItIsAcknowledged() {
        OpenEvent open = wall.begin(null);
        open.recorded();
        open.close();
        hand.now = T0.plusSeconds(5);
        assertEquals(T0, wall.promise());
        wall.finished(T0);
        assertEquals(hand.now, wall.promise());
    }

    @Test
    void theOldestOpenEventCountsWhateverTheOrderOfTheOthers() {
        OpenEvent late = stepped.begin(T0.plusSeconds(90));
        OpenEvent early = stepped.begin(T0.plusMillis(250));
        stepped.accept(new ClockTick(T0.plusSeconds(3600)));
        assertEquals(T0.plusMillis(250), stepped.promise());
        early.close();
        assertEquals(T0.plusSeconds(90), stepped.promise());
        late.close();
        assertEquals(T0.plusSeconds(3600), stepped.promise());
    }

    @Test
    void aClockThatIsSetBackBreaksNoPromise() {
        hand.now = T0.plusSeconds(10);
        assertEquals(T0.plusSeconds(10), wall.promise());
        hand.now = T0;
        try (OpenEvent open = wall.begin(null)) {
            assertEquals(T0.plusSeconds(10), open.time());
            assertEquals(T0.plusSeconds(10), wall.promise());
        }
    }

    @Test
    void timesAreWholeMillisecondsAsThePredictionIdHasThem() {
        hand.now = T0.plusNanos(1_999_999);
        try (OpenEvent open = wall.begin(null)) {
            assertEquals(T0.plusMillis(1), open.time());
        }
    }

    @Test
    void aSteppedClockPromisesNothingBeforeItsFirstStep() {
        try (OpenEvent open = stepped.begin(T0)) {
            assertEquals(T0, open.time());
            assertNull(stepped.promise());
        }
    }

    @Test
    void aTimeBeforeTheStepIsRefusedNamingBoth() {
        stepped.accept(new ClockTick(T0));
        var refusal = assertThrows(InvalidInput.class, () -> stepped.begin(T0.minusNanos(1)));
        assertEquals("parameters.time", refusal.field());
        assertTrue(refusal.getMessage().contains(T0.toString()), refusal.getMessage());
        assertEquals(T0, stepped.promise());
    }

    @Test
    void withoutATimeAStepClockGivesItsStep() {
        var refusal = assertThrows(InvalidInput.class, () -> stepped.begin(null));
        assertEquals("parameters.time", refusal.field());
        stepped.accept(new ClockTick(T0));
        try (OpenEvent open = stepped.begin(null)) {
            assertEquals(T0, open.time());
        }
    }

    @Test
    void aStepBackwardsIsIgnored() {
        stepped.accept(new ClockTick(T0));
        stepped.accept(new ClockTick(T0.minusSeconds(1)));
        assertEquals(T0, stepped.tick());
    }

    @Test
    void aWallClockRefusesTimesFromRequests() {
        var refusal = assertThrows(InvalidInput.class, () -> wall.begin(T0));
        assertEquals("parameters.time", refusal.field());
        assertTrue(refusal.getMessage().contains("ringside.clock"), refusal.getMessage());
    }
}
