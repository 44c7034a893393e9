package dev.ringside.metrics.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.event.Mark;
import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.routing.ClockTick;
import dev.ringside.contract.routing.RoutingTable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutcomeIntakeTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final InstallKey KEY = InstallKey.parse("000102030405060708090a0b0c0d0e0f");
    private static final int PARTITIONS = 3;

    private final RecordingLog log = new RecordingLog();
    private OutcomeIntake intake;

    private void open(boolean stepped) {
        open(stepped, MarkWriter.Pace.USUAL);
    }

    private void open(boolean stepped, MarkWriter.Pace pace) {
        intake = new OutcomeIntake("ingest-1", 4, Clock.fixed(NOON, ZoneOffset.UTC), stepped, log, pace);
        intake.start();
        assertFalse(intake.isReady());
        assertThrows(Unavailable.class, () -> intake.accept(new byte[0]));
        intake.accept(new RoutingTable(9, NOON, KEY, PARTITIONS, List.of()));
        await(intake::isReady);
    }

    @AfterEach
    void close() {
        log.release();
        intake.close();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static byte[] post(String time, String... units) {
        var json = new StringBuilder("[");
        for (String unit : units) {
            json.append(json.length() == 1 ? "" : ",")
                    .append("{\"event_id\":\"e-" + unit + "\",\"unit\":\"" + unit
                            + "\",\"name\":\"late\",\"value\":1,\"time\":\"" + time + "\"}");
        }
        return json.append("]").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theFirstRecordOfEachPartitionIsAMarkAndTheLastSaysClosed() {
        open(false);
        assertEquals(2, intake.accept(post(NOON.toString(), "a", "b")));
        intake.close();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int p = partition;
            var records = log.records().stream().filter(r -> r.partition() == p).toList();
            assertEquals(
                    new Mark("ingest-1", Mark.Role.INGEST, 4, NOON, false, false),
                    records.getFirst().event());
            assertEquals(
                    new Mark("ingest-1", Mark.Role.INGEST, 4, NOON, false, true),
                    records.getLast().event());
        }
    }

    @Test
    void anOutcomeIsStampedAndStandsInItsUnitsPartitionUnderItsHash() {
        open(false);
        intake.accept(post("2026-01-31T11:00:00Z", "a"));
        var record =
                log.records().stream().filter(r -> r.key() != null).findFirst().orElseThrow();
        assertEquals(KEY.unitHash("a"), record.key());
        assertEquals(InstallKey.partition(KEY.unitHash("a"), PARTITIONS), record.partition());
        var outcome = log.outcomes().getFirst();
        assertEquals(NOON, outcome.receivedAt());
        assertEquals("ingest-1", outcome.ingest());
    }

    @Test
    void ofAPostWithOneBrokenOutcomeNoneIsWritten() {
        open(false);
        byte[] body = new String(post(NOON.toString(), "a", "b"), StandardCharsets.UTF_8)
                .replace("\"e-b\"", "\"\"")
                .getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "[1].event_id",
                assertThrows(InvalidInput.class, () -> intake.accept(body)).field());
        assertEquals(List.of(), log.outcomes());
    }

    @Test
    void anOutcomeThatHasNotHappenedYetIsRefusedByItsPlace() {
        open(false);
        String early = new String(post("2026-01-31T12:00:05.001Z", "b"), StandardCharsets.UTF_8);
        String two =
                new String(post(NOON.toString(), "a"), StandardCharsets.UTF_8).replace("]", ",") + early.substring(1);
        assertEquals("[1].time", refused(two));
        assertEquals("time", refused(early.substring(1, early.length() - 1)));
        assertEquals(List.of(), log.outcomes());
    }

    private String refused(String body) {
        return assertThrows(InvalidInput.class, () -> intake.accept(body.getBytes(StandardCharsets.UTF_8)))
                .field();
    }

    @Test
    void aPostThatTheLogDoesNotTakeIsUnavailable() {
        open(false);
        log.fail(new IllegalStateException("no broker"));
        var e = assertThrows(Unavailable.class, () -> intake.accept(post(NOON.toString(), "a")));
        assertTrue(e.getMessage().contains("no broker"), e.getMessage());
    }

    @Test
    void inAReplayAMarkWaitsForTheTickAndForPostsInFlightAndThenStandsAtOnce() {
        open(true, new MarkWriter.Pace(Duration.ofHours(1), Duration.ofSeconds(3)));
        assertNull(log.marks(0).getFirst().through());
        Instant tick = NOON.plus(Duration.ofDays(1));
        log.hold();
        var inFlight = CompletableFuture.runAsync(() -> intake.accept(post(NOON.toString(), "a")));
        await(() -> log.heldOutcomes() == 1);
        intake.accept(new ClockTick(tick));
        await(() -> NOON.equals(log.marks(0).getLast().through()));
        assertFalse(inFlight.isDone());
        log.release();
        inFlight.join();
        await(() -> tick.equals(intake.report().clock()));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertEquals(tick, log.marks(partition).getLast().through());
            assertTrue(log.marks(partition).getLast().stepped());
        }
    }

    @Test
    void aPostIsOpenUntilTheLogAnswersEvenIfNobodyWaitsForIt() throws InterruptedException {
        open(true);
        log.hold();
        var poster = Thread.ofVirtual()
                .start(() -> assertThrows(Unavailable.class, () -> intake.accept(post(NOON.toString(), "a"))));
        await(() -> log.heldOutcomes() == 1);
        poster.interrupt();
        poster.join();
        Instant tick = NOON.plus(Duration.ofDays(1));
        intake.accept(new ClockTick(tick));
        await(() -> log.marks(0).getLast().through() != null);
        assertEquals(NOON, log.marks(0).getLast().through());
        log.release();
        await(() -> tick.equals(intake.report().clock()));
    }

    @Test
    void aPostEndsAtTheFirstRecordThatTheLogRefuses() {
        open(false);
        log.fail(new IllegalStateException("the buffer is full"));
        assertThrows(Unavailable.class, () -> intake.accept(post(NOON.toString(), "a", "b", "c")));
        assertEquals(1, log.refused());
    }

    @Test
    void inAReplayWhatWasReceivedBeforeTheTickIsRefused() {
        open(true);
        intake.accept(new ClockTick(NOON));
        assertEquals(1, intake.accept(post(NOON.toString(), "a")));
        var e = assertThrows(InvalidInput.class, () -> intake.accept(post("2026-01-31T11:59:59Z", "b")));
        assertEquals("[0].received_at", e.field());
        assertTrue(e.getMessage().contains(NOON.toString()), e.getMessage());
    }

    @Test
    void aStopWaitsForPostsInFlightAndClosesAfterThem() {
        open(false);
        log.hold();
        var inFlight = CompletableFuture.runAsync(() -> intake.accept(post(NOON.toString(), "a")));
        await(() -> log.heldOutcomes() == 1);
        var stopping = CompletableFuture.runAsync(intake::close);
        await(() -> !intake.isReady());
        assertThrows(Unavailable.class, () -> intake.accept(post(NOON.toString(), "b")));
        assertTrue(log.marks(0).stream().noneMatch(Mark::closed));
        log.release();
        stopping.join();
        inFlight.join();
        assertTrue(log.marks(0).getLast().closed());
    }

    @Test
    @DisplayName("B6: while the log is known to be away a post is answered at once")
    void aPostIsAnsweredAtOnceWhileTheLogIsAway() {
        open(false, new MarkWriter.Pace(Duration.ofMillis(10), Duration.ofMillis(50)));
        log.silence();
        await(intake::isLogAway);
        var e = assertThrows(Unavailable.class, () -> intake.accept(post(NOON.toString(), "a")));
        assertTrue(e.getMessage().contains("does not answer"), e.getMessage());
        assertEquals(0, log.heldOutcomes(), "the log is not asked, so nobody waits for it");
    }

    @Test
    @DisplayName("P8: outcomes are counted by name, only so many names apart")
    void outcomesAreCountedByName() {
        open(false);
        intake.accept(post(NOON.toString(), "a", "b"));
        assertEquals(2, intake.report().counters().get("outcomes_named/late"));
        String one = new String(post(NOON.toString(), "a"), StandardCharsets.UTF_8);
        for (int i = 0; i < 200; i++) {
            intake.accept(one.replace("late", "late-" + i).getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(
                64,
                intake.report().counters().keySet().stream()
                        .filter(c -> c.startsWith("outcomes_named/"))
                        .count());
    }
}
