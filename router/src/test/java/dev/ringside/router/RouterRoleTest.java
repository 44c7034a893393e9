package dev.ringside.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.routing.ClockTick;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.router.exposure.FakeLog;
import dev.ringside.router.route.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterRoleTest {
    private static final Instant DAY = Instant.parse("2001-04-01T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void withoutATableItIsNotReadyAndAfterARestartItHasItsLast() throws IOException {
        try (var router = new TestRouter(folder, false)) {
            assertFalse(router.role.isReady());
            assertThrows(InferenceFailure.class, () -> router.predict(Sample.request(null)));
            router.role.accept(Sample.table(7));
            assertTrue(router.role.isReady());
        }
        try (var router = new TestRouter(folder, 2, false, new FakeLog(Sample.PARTITIONS, true))) {
            assertTrue(router.role.isReady());
            assertEquals(7, router.role.report().routingVersion());
            assertEquals(2, router.role.report().boot());
        }
    }

    @Test
    void whileTheLogIsAwayItAnswersAndTheNextStartShipsWhatWaited() throws IOException {
        var log = new FakeLog(Sample.PARTITIONS, true);
        log.refuse(true);
        try (var router = new TestRouter(folder, false, log)) {
            router.role.accept(Sample.table(1));
            for (int i = 0; i < 10; i++) {
                router.predict(Sample.request("r" + i, "unit", "rider-" + i, "region", "north"));
            }
            assertEquals(10, router.role.report().spool().pending());
            log.refuse(false);
            assertEquals(10, router.stopAndRead().size());
        }
    }

    @Test
    void aFullSpoolGivesEverybodyTheChampionAndIsReported() throws IOException {
        var log = new FakeLog(Sample.PARTITIONS, true);
        log.refuse(true);
        try (var router = new TestRouter(folder, false, log)) {
            router.role.accept(Sample.table(1));
            int enrolled = 0;
            String action = "a".repeat(1000);
            while (!router.role.report().spool().full()) {
                router.predict(Sample.request(null, "unit", "rider-1", "region", "north", "action", action));
                enrolled++;
            }
            for (int i = 0; i < 100; i++) {
                InferenceResponse answer =
                        router.predict(Sample.request(null, "unit", "rider-" + i, "region", "north", "action", action));
                assertEquals("1", answer.modelVersion());
                assertNull(answer.parameters().get("variant"));
            }
            assertTrue(router.role.report().spool().bytes() < 1_100_000);
            assertEquals(100, router.role.report().counters().get("spool_full"));
            log.refuse(false);
            List<Prediction> events = router.stopAndRead();
            assertEquals(
                    enrolled,
                    events.stream().filter(e -> e.experiment() != null).count());
            assertTrue(events.stream()
                    .filter(e -> e.experiment() == null)
                    .allMatch(e -> "spool_full".equals(e.reason()) && "1".equals(e.servedVersion())));
        }
    }

    @Test
    @DisplayName(
            "B3: on a full disk everybody gets the champion, and once there is room experiments go on by themselves")
    void aFullDiskUnderTheSpoolFailsNoPrediction() throws IOException {
        Path device = Path.of("/dev/full");
        assumeTrue(Files.exists(device), "needs /dev/full, whose every write fails as on a full disk");
        try (var router = new TestRouter(folder, false)) {
            router.role.accept(Sample.table(1));
            Path spool = folder.resolve("spool");
            for (int i = 1; i <= 20; i++) {
                Files.createSymbolicLink(spool.resolve("%010d-%010d.spool".formatted(1, i)), device);
            }
            for (int i = 0; i < 15; i++) {
                InferenceResponse answer =
                        router.predict(Sample.request(null, "unit", "rider-" + i, "region", "north"));
                assertEquals("1", answer.modelVersion());
                assertNull(answer.parameters().get("variant"));
                assertTrue(router.role.report().spool().full());
            }
            // What could not be begun is not left behind; the disk has room again.
            try (var files = Files.list(spool)) {
                assertEquals(5, files.count());
            }
            for (int i = 16; i <= 20; i++) {
                Files.delete(spool.resolve("%010d-%010d.spool".formatted(1, i)));
            }
            router.predict(Sample.request(null, "unit", "rider-1", "region", "north"));
            assertFalse(router.role.report().spool().full());
            assertEquals(
                    "challenger",
                    router.predict(Sample.request(null, "unit", "rider-2", "region", "north"))
                            .parameters()
                            .get("variant"));
            List<Prediction> events = router.stopAndRead();
            assertEquals(
                    List.of("spool_full", "none"),
                    events.stream()
                            .map(event -> event.reason() == null ? "none" : event.reason())
                            .toList());
        }
    }

    @Test
    void inAReplayAStepIsMarkedInEveryPartitionAndReported() throws IOException {
        try (var router = new TestRouter(folder, true)) {
            router.role.accept(Sample.table(1));
            router.predict(Sample.request(null, "unit", "rider-1", "region", "north", "time", DAY.toString()));
            assertNull(router.role.report().clock());
            router.role.accept(new ClockTick(DAY.plusSeconds(86_400)));
            await(() -> DAY.plusSeconds(86_400).equals(router.role.report().clock()));
            for (int partition = 0; partition < Sample.PARTITIONS; partition++) {
                Mark last = router.log.marks(partition).getLast();
                assertEquals(DAY.plusSeconds(86_400), last.through());
                assertTrue(last.stepped());
            }
            var late = Sample.request(null, "unit", "rider-1", "region", "north", "time", DAY.toString());
            var refusal = assertThrows(InvalidInput.class, () -> router.predict(late));
            assertEquals("parameters.time", refusal.field());
            Prediction event = router.stopAndRead().getFirst();
            assertEquals(DAY, event.time());
        }
    }

    @Test
    void inAReplayARepeatAfterTheStepStillGetsItsAnswer() throws IOException {
        try (var router = new TestRouter(folder, true)) {
            router.role.accept(Sample.table(1));
            var request = Sample.request("r1", "unit", "rider-1", "region", "north", "time", DAY.toString());
            InferenceResponse first = router.predict(request);
            router.role.accept(new ClockTick(DAY.plusSeconds(86_400)));
            assertEquals(first, router.predict(request));
        }
    }

    @Test
    void aClockStepMeansNothingToAWallClock() throws IOException {
        try (var router = new TestRouter(folder, false)) {
            router.role.accept(Sample.table(1));
            router.role.accept(new ClockTick(Instant.parse("2100-01-01T00:00:00Z")));
            router.predict(Sample.request(null, "unit", "u"));
            assertNull(router.role.report().clock());
            assertTrue(router.stopAndRead().getFirst().time().isBefore(Instant.parse("2100-01-01T00:00:00Z")));
        }
    }

    @Test
    void manyClientsAtOnceLoseNothing() throws Exception {
        try (var router = new TestRouter(folder, false)) {
            router.role.accept(Sample.table(1));
            int clients = 100;
            long each = 20;
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> running = new ArrayList<>();
                for (int client = 0; client < clients; client++) {
                    String unit = "rider-" + client % 50;
                    int number = client;
                    running.add(pool.submit(() -> {
                        for (int i = 0; i < each; i++) {
                            router.predict(Sample.request(number + "/" + i, "unit", unit, "region", "north"));
                        }
                    }));
                }
                for (Future<?> task : running) {
                    task.get();
                }
            }
            List<Prediction> events = router.stopAndRead();
            assertEquals(
                    clients * each,
                    events.stream().map(Prediction::requestId).distinct().count());
            assertEquals(
                    clients * each,
                    events.stream()
                            .map(Prediction::predictionId)
                            .collect(Collectors.toSet())
                            .size());
            assertEquals(clients * each, router.role.report().counters().get("predictions"));
        }
    }

    @Test
    void theReportSaysWhatTheFleetMustKnow() throws IOException {
        try (var router = new TestRouter(folder, false)) {
            router.role.accept(Sample.table(5));
            router.predict(Sample.request(null, "unit", "rider-1", "region", "north"));
            FleetReport report = router.role.report();
            assertTrue(report.id().startsWith("router-"), report.id());
            assertEquals("router", report.role());
            assertEquals(5, report.routingVersion());
            assertEquals(0, report.counters().get("fallbacks"));
            assertEquals(1, report.counters().get("enrolled"));
            assertFalse(report.stopped());
            router.role.close();
            assertTrue(router.role.report().stopped());
            assertFalse(router.role.isReady());
        }
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertTrue(condition.getAsBoolean());
    }
}
