package dev.ringside.router.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.routing.ClockTick;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippingTest {
    private static final Instant T0 = Instant.parse("2001-04-01T00:00:00Z");
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final FakeLog log = new FakeLog(2, false);

    @TempDir
    Path folder;

    @Test
    void theFirstRecordOfABootIsAMarkInEveryPartition() throws IOException {
        try (var writing = stepped()) {
            writing.expose("u1", T0);
            writing.step();
            log.acknowledgeAll();
            writing.step();
            for (int partition = 0; partition < 2; partition++) {
                Mark first = assertInstanceOf(Mark.class, log.written(partition).getFirst());
                assertEquals(new Mark("router-3f2a", Mark.Role.ROUTER, 1, null, true, false), first);
            }
            assertEquals(1, log.predictions(1).size());
        }
    }

    @Test
    void aUnitsPredictionsGoToTheRemainderOfItsHash() throws IOException {
        try (var writing = stepped()) {
            for (String unit : List.of("u3", "u4", "u5")) {
                writing.expose(unit, T0);
            }
            settle(writing);
            assertEquals(
                    List.of("u4"),
                    log.predictions(0).stream().map(Prediction::unit).toList());
            assertEquals(
                    List.of("u3", "u5"),
                    log.predictions(1).stream().map(Prediction::unit).toList());
        }
    }

    @Test
    void aStepIsMarkedAtOnceButNotBeforeAllEventsBeforeItAreAcknowledged() throws IOException {
        try (var writing = stepped()) {
            settle(writing);
            writing.expose("u1", T0);
            writing.step();
            writing.times.accept(new ClockTick(T0.plusSeconds(60)));
            writing.step();
            assertEquals(0, log.pending(0), "no mark while the event is not acknowledged, also elsewhere");
            log.acknowledge(1);
            writing.step();
            assertEquals(1, log.pending(0));
            assertNull(writing.marks.marked());
            settle(writing);
            assertEquals(T0.plusSeconds(60), log.marks(0).getLast().through());
            assertEquals(T0.plusSeconds(60), log.marks(1).getLast().through());
            assertEquals(T0.plusSeconds(60), writing.marks.marked());
        }
    }

    @Test
    void aPredictionUnderWayHoldsTheMark() throws IOException {
        try (var writing = stepped()) {
            settle(writing);
            OpenEvent open = writing.exposures.begin(T0);
            writing.times.accept(new ClockTick(T0.plusSeconds(60)));
            writing.pass(SECOND);
            settle(writing);
            assertEquals(T0, log.marks(0).getLast().through());
            writing.record(open, "u1");
            open.close();
            settle(writing);
            settle(writing);
            List<UnitEvent> partition = log.written(1);
            assertEquals(T0.plusSeconds(60), log.marks(1).getLast().through());
            assertInstanceOf(Mark.class, partition.getLast());
            assertInstanceOf(Prediction.class, partition.get(partition.size() - 2));
        }
    }

    @Test
    void everySecondThereIsAMark() throws IOException {
        try (var writing = stepped()) {
            settle(writing);
            int before = log.marks(0).size();
            writing.pass(SECOND / 2);
            assertEquals(0, log.pending(0));
            writing.pass(SECOND / 2);
            assertEquals(1, log.pending(0));
            settle(writing);
            writing.pass(SECOND);
            settle(writing);
            assertEquals(before + 2, log.marks(0).size());
        }
    }

    @Test
    void afterAFailureEverythingIsSentAgainInOrderAfterAPause() throws IOException {
        try (var writing = stepped()) {
            settle(writing);
            for (int i = 0; i < 5; i++) {
                writing.expose("u1", T0);
            }
            writing.step();
            log.acknowledge(1);
            log.acknowledge(1);
            log.fail(1, 1);
            writing.step();
            writing.expose("u1", T0);
            writing.step();
            assertEquals(0, log.pending(1), "nothing is sent before the pause is over");
            writing.pass(SECOND / 10);
            assertEquals(4, log.pending(1));
            settle(writing);
            assertEquals(
                    List.of(1L, 2L, 3L, 3L, 4L, 5L, 6L),
                    log.predictions(1).stream().map(Prediction::sequence).toList());
            assertEquals(0, writing.spool.state().pending());
        }
    }

    @Test
    void anAppendThatFailsAtOnceIsNotOvertaken() throws IOException {
        try (var writing = stepped()) {
            settle(writing);
            for (int i = 0; i < 3; i++) {
                writing.expose("u1", T0);
            }
            log.failNextAtOnce();
            writing.step();
            log.acknowledgeAll();
            writing.pass(SECOND);
            settle(writing);
            assertEquals(
                    List.of(1L, 2L, 3L),
                    log.predictions(1).stream().map(Prediction::sequence).toList());
        }
    }

    @Test
    void aLogThatThrowsIsTriedForEver() throws IOException {
        try (var writing = stepped()) {
            settle(writing);
            log.refuse(true);
            writing.expose("u1", T0);
            writing.expose("u1", T0);
            for (int i = 0; i < 20; i++) {
                writing.pass(5 * SECOND);
            }
            assertEquals(2, writing.spool.state().pending());
            log.refuse(false);
            writing.pass(5 * SECOND);
            settle(writing);
            assertEquals(
                    List.of(1L, 2L),
                    log.predictions(1).stream().map(Prediction::sequence).toList());
        }
    }

    @Test
    void whatAnEarlierBootLeftIsShippedBeforeAnythingOfThisBoot() throws IOException {
        try (var killed = stepped(1)) {
            settle(killed);
            killed.expose("u1", T0);
            killed.expose("u2", T0);
        }
        try (var writing = stepped(2)) {
            writing.expose("u3", T0);
            writing.step();
            log.acknowledge(1);
            writing.pass(2 * SECOND);
            assertEquals(1, log.predictions(1).size());
            assertEquals(0, log.pending(1), "nothing of this boot before all of the earlier is acknowledged");
            settle(writing);
            settle(writing);
            assertEquals(
                    List.of("u1", "u3"),
                    log.predictions(1).stream().map(Prediction::unit).toList());
            assertEquals(
                    List.of(1L, 2L),
                    log.predictions(1).stream().map(Prediction::boot).toList());
            List<UnitEvent> partition = log.written(1);
            Mark first = assertInstanceOf(Mark.class, partition.get(partition.size() - 2));
            assertEquals(2, first.boot());
        }
    }

    @Test
    void atMostAWindowIsUnderWay() throws IOException {
        try (var writing = stepped()) {
            settle(writing);
            for (int i = 0; i < 2_000; i++) {
                writing.expose("u0", T0);
            }
            writing.step();
            assertEquals(2_000, log.pending(0));
        }
        assertTrue(Shipping.WINDOW >= 2_000);
    }

    @Test
    void anOrderlyStopShipsEverythingAndThenClosesEveryPartition() throws IOException {
        try (var writing = stepped()) {
            writing.times.accept(new ClockTick(T0));
            settle(writing);
            writing.expose("u1", T0.plusSeconds(1));
            writing.shipping.stop();
            writing.step();
            assertFalse(writing.shipping.isClosed());
            settle(writing);
            settle(writing);
            assertTrue(writing.shipping.isClosed());
            for (int partition = 0; partition < 2; partition++) {
                Mark last = assertInstanceOf(Mark.class, log.written(partition).getLast());
                assertTrue(last.closed());
                assertEquals(T0, last.through());
            }
        }
    }

    @Test
    void aPredictionUnderWayHoldsTheClosingMark() throws IOException {
        try (var writing = stepped()) {
            writing.times.accept(new ClockTick(T0));
            settle(writing);
            OpenEvent open = writing.exposures.begin(T0.plusSeconds(1));
            writing.shipping.stop();
            settle(writing);
            assertFalse(writing.shipping.isClosed());
            assertTrue(log.marks(1).stream().noneMatch(Mark::closed));
            assertThrows(InferenceFailure.class, () -> writing.exposures.begin(T0.plusSeconds(2)));
            writing.record(open, "u1");
            open.close();
            settle(writing);
            settle(writing);
            assertTrue(writing.shipping.isClosed());
            List<UnitEvent> partition = log.written(1);
            assertTrue(assertInstanceOf(Mark.class, partition.getLast()).closed());
            assertInstanceOf(Prediction.class, partition.get(partition.size() - 2));
        }
    }

    @Test
    void aStopBeforeTheFirstRoutingTableEndsAtOnce() throws IOException {
        try (var writing = new Writing(folder, 1, EventTimes.stepped(), log, 0)) {
            writing.step();
            writing.shipping.stop();
            writing.step();
            assertTrue(writing.shipping.isClosed());
        }
    }

    private Writing stepped() throws IOException {
        return stepped(1);
    }

    private Writing stepped(long boot) throws IOException {
        return new Writing(folder, boot, EventTimes.stepped(), log, 2);
    }

    private void settle(Writing writing) throws IOException {
        writing.step();
        log.acknowledgeAll();
        writing.step();
        log.acknowledgeAll();
        writing.step();
    }
}
