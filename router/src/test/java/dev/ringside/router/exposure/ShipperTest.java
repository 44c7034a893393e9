package dev.ringside.router.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.id.PredictionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

class ShipperTest {
    private static final Writer WRITER = new Writer("router-3f2a", 1);

    @TempDir
    Path folder;

    @Test
    void manyThreadsLoseNothingAndBreakNoPromise() throws Exception {
        int threads = 64;
        int each = 250;
        var log = new FakeLog(4, true);
        try (var spool = Spool.open(folder.resolve("spool"), 1, 64 << 20)) {
            var exposures = new Exposures(WRITER, EventTimes.wall(Clock.systemUTC()), spool);
            var shipper = new Shipper(exposures, log, () -> 4, System::nanoTime, Duration.ofMinutes(1));
            shipper.start();
            expose(exposures, threads, each);
            Instant before = Instant.now();
            shipper.close();
            assertTrue(
                    Duration.between(before, Instant.now()).toSeconds() < 10, "only a log that is away is waited for");
            assertEquals(0, spool.state().pending());
        }
        long predictions = 0;
        for (int partition = 0; partition < 4; partition++) {
            List<UnitEvent> records = log.written(partition);
            assertTrue(records.getFirst() instanceof Mark mark && !mark.closed());
            assertTrue(records.getLast() instanceof Mark mark && mark.closed());
            predictions += log.predictions(partition).size();
            assertPromisesKept(records);
        }
        assertEquals((long) threads * each, predictions);
        try (Stream<Path> left = Files.list(folder.resolve("spool"))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void aLogThatIsAwayDoesNotHoldUpTheStop() throws IOException {
        var log = new FakeLog(1, true);
        log.refuse(true);
        try (var spool = Spool.open(folder.resolve("spool"), 1, 64 << 20)) {
            var exposures = new Exposures(WRITER, EventTimes.wall(Clock.systemUTC()), spool);
            var shipper = new Shipper(exposures, log, () -> 1, System::nanoTime, Duration.ofMillis(50));
            shipper.start();
            try (OpenEvent open = exposures.begin(null)) {
                record(exposures, open, "u1");
            }
            Instant before = Instant.now();
            shipper.close();
            assertTrue(Duration.between(before, Instant.now()).toSeconds() < 5);
            assertEquals(1, spool.state().pending());
        }
        try (var spool = Spool.open(folder.resolve("spool"), 2, 64 << 20)) {
            assertEquals(1, spool.state().pending());
        }
    }

    /** Information only: how fast events get into the spool. Nothing depends on the machine that this runs on. */
    @Test
    void theTimeToSpoolAnEventIsReported(TestReporter reporter) throws IOException {
        int events = 50_000;
        try (var spool = Spool.open(folder.resolve("spool"), 1, 1 << 30)) {
            var exposures = new Exposures(WRITER, EventTimes.wall(Clock.systemUTC()), spool);
            long began = System.nanoTime();
            for (int i = 0; i < events; i++) {
                try (OpenEvent open = exposures.begin(null)) {
                    record(exposures, open, "u" + i);
                }
            }
            long nanos = System.nanoTime() - began;
            reporter.publishEntry(
                    "spool",
                    "%.1f µs an event, %d bytes"
                            .formatted(nanos / 1e3 / events, spool.state().bytes() / events));
        }
    }

    private static void expose(Exposures exposures, int threads, int each)
            throws ExecutionException, InterruptedException {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int from = thread * each;
                running.add(pool.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        try (OpenEvent open = exposures.begin(null)) {
                            LockSupport.parkNanos(10_000);
                            record(exposures, open, "u" + (from + i));
                        }
                    }
                }));
            }
            for (Future<?> task : running) {
                task.get();
            }
        }
    }

    private static void record(Exposures exposures, OpenEvent open, String unit) {
        var id = PredictionId.of(open.time(), Writing.unitHash(unit), 7);
        assertTrue(exposures.record(open, id, Writing.draft(unit, open.time())));
    }

    private static void assertPromisesKept(List<UnitEvent> records) {
        Instant promised = Instant.MIN;
        for (UnitEvent record : records) {
            if (record instanceof Mark mark) {
                promised = mark.through();
            } else if (record instanceof Prediction prediction) {
                assertTrue(!prediction.time().isBefore(promised), prediction + " after a mark through " + promised);
            }
        }
    }
}
