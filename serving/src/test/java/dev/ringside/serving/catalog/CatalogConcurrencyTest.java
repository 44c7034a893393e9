package dev.ringside.serving.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.engine.OnnxFiles;
import dev.ringside.engine.onnx.OnnxEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CatalogConcurrencyTest {
    @TempDir
    Path folder;

    @Test
    void noRequestFailsWhileVersionsAreSwappedUnderIt() throws Exception {
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1));
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            byte[][] files = {OnnxFiles.linear(2), OnnxFiles.linear(3)};
            fixture.registry.register("1", files[0], Registry.signature("distance"), Registry.golden(2));
            fixture.publishAndAwait("1");
            var stop = new AtomicBoolean();
            List<Future<int[]>> answers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                answers.add(clients.submit(() -> {
                    int[] seen = new int[4];
                    while (!stop.get()) {
                        seen[(int) fixture.infer("1", 1)]++;
                    }
                    return seen;
                }));
            }

            int swaps = 60;
            for (int i = 1; i <= swaps; i++) {
                fixture.registry.register(
                        "1", files[i % 2], Registry.signature("distance"), Registry.golden(2 + i % 2));
                fixture.publish();
                fixture.recorder.await("1 Serving", i + 1);
            }
            stop.set(true);

            int twos = 0;
            int threes = 0;
            for (Future<int[]> answer : answers) {
                twos += answer.get()[2];
                threes += answer.get()[3];
            }
            assertTrue(twos > 0 && threes > 0, twos + " and " + threes);
            fixture.recorder.await("1 Closed", swaps);
        }
    }

    @Test
    void versionsWithOneDigestShareOneSessionUntilTheLastIsGone() throws Exception {
        var engine = new FakeEngine();
        try (var fixture = new CatalogFixture(folder, engine)) {
            for (String version : List.of("1", "2")) {
                fixture.registry.register(version, new byte[] {7}, Registry.signature("distance"));
            }
            fixture.publishAndAwait("1");
            fixture.recorder.await("2 Serving");
            assertEquals(1, engine.opened.get());

            fixture.registry.unregister("1");
            fixture.publish();
            fixture.recorder.await("1 Closed");
            assertEquals(1, engine.open.get());
            assertEquals(0.5f, fixture.infer("2", 1));

            fixture.registry.unregister("2");
            fixture.publish();
            fixture.recorder.await("2 Closed");
            assertEquals(0, engine.open.get());
        }
    }

    @Test
    void aFileThatFailsItsChecksIsClosed() throws Exception {
        var engine = new FakeEngine();
        try (var fixture = new CatalogFixture(folder, engine)) {
            fixture.registry.register("1", new byte[] {7}, Registry.signature("distance"), Registry.golden(2));
            fixture.registry.register("2", new byte[] {8}, Registry.signature("position"));
            fixture.publish();
            fixture.recorder.await("1 Failed");
            fixture.recorder.await("2 Failed");

            assertEquals(2, engine.opened.get());
            assertEquals(0, engine.open.get());
        }
    }

    @Test
    void aVersionThatIsDroppedFinishesItsRequestsBeforeItIsClosed() throws Exception {
        var engine = new FakeEngine();
        try (var fixture = new CatalogFixture(folder, engine);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            fixture.registry.register("1", new byte[] {7}, Registry.signature("distance"));
            fixture.publishAndAwait("1");
            var running = new CountDownLatch(2);
            var release = new CountDownLatch(1);
            engine.onRun = () -> {
                running.countDown();
                await(release);
            };
            List<Future<Float>> answers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                answers.add(clients.submit(() -> fixture.infer("1", 1)));
            }
            running.await();
            fixture.awaitWaiting(3);

            fixture.registry.unregister("1");
            fixture.publish();
            fixture.recorder.await("1 Draining");
            Thread.sleep(50);
            assertEquals(1, engine.open.get());
            assertThrows(InferenceFailure.class, () -> fixture.infer("1", 1));
            release.countDown();

            for (Future<Float> answer : answers) {
                assertEquals(0.5f, answer.get());
            }
            fixture.recorder.await("1 Closed");
            assertEquals(0, engine.open.get());
        }
    }

    @Test
    void oneRequestMoreThanMayWaitIsRefusedAtOnce() throws Exception {
        var engine = new FakeEngine();
        var config = new TestConfig(3, Duration.ofSeconds(20), Duration.ofMillis(5), Duration.ofSeconds(20));
        try (var fixture = new CatalogFixture(folder, engine, config);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            fixture.registry.register("1", new byte[] {7}, Registry.signature("distance"));
            fixture.publishAndAwait("1");
            var release = new CountDownLatch(1);
            var running = new CountDownLatch(2);
            engine.onRun = () -> {
                running.countDown();
                await(release);
            };
            List<Future<Float>> answers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                answers.add(clients.submit(() -> fixture.infer("1", 1)));
            }
            running.await();
            var refused = new ArrayList<InferenceFailure>();
            for (int i = 0; i < 5; i++) {
                answers.add(clients.submit(() -> {
                    try {
                        return fixture.infer("1", 1);
                    } catch (InferenceFailure e) {
                        synchronized (refused) {
                            refused.add(e);
                        }
                        return 0f;
                    }
                }));
            }
            while (true) {
                synchronized (refused) {
                    if (refused.size() == 2) {
                        break;
                    }
                }
                Thread.sleep(5);
            }
            release.countDown();

            float sum = 0;
            for (Future<Float> answer : answers) {
                sum += answer.get();
            }
            assertEquals(5 * 0.5f, sum);
            assertEquals(Cause.UNAVAILABLE, refused.getFirst().why());
            assertEquals(
                    "model 'eta' version '1': overloaded: 3 requests wait, no more may",
                    refused.getFirst().getMessage());
        }
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotComputed() throws Exception {
        var engine = new FakeEngine();
        try (var fixture = new CatalogFixture(folder, engine);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            fixture.registry.register("1", new byte[] {7}, Registry.signature("distance"));
            fixture.publishAndAwait("1");
            var release = new CountDownLatch(1);
            var running = new CountDownLatch(2);
            engine.onRun = () -> {
                running.countDown();
                await(release);
            };
            int before = engine.runs.get();
            List<Future<Float>> first =
                    List.of(clients.submit(() -> fixture.infer("1", 1)), clients.submit(() -> fixture.infer("1", 1)));
            running.await();

            var failures = new ArrayList<InferenceFailure>();
            Thread impatient = Thread.ofVirtual().start(() -> {
                try {
                    fixture.infer("1", 1);
                } catch (InferenceFailure e) {
                    failures.add(e);
                }
            });
            fixture.awaitWaiting(1);
            impatient.interrupt();
            impatient.join();
            release.countDown();
            for (Future<Float> answer : first) {
                answer.get();
            }

            assertEquals(Cause.DEADLINE, failures.getFirst().why());
            fixture.registry.unregister("1");
            fixture.publish();
            fixture.recorder.await("1 Closed");
            assertEquals(before + 2, engine.runs.get());
        }
    }

    @Test
    void aSlowChallengerHoldsUpItselfOnly() throws Exception {
        var slow = new AtomicBoolean(true);
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1));
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            fixture.registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));
            fixture.registry.register("2", OnnxFiles.slow(100), Registry.signature("distance"));
            fixture.publishAndAwait("1");
            fixture.recorder.await("2 Serving");
            for (int i = 0; i < 20; i++) {
                clients.execute(() -> {
                    while (slow.get()) {
                        fixture.infer("2", 1);
                    }
                });
            }
            Thread.sleep(200);

            long start = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                assertEquals(2f, clients.submit(() -> fixture.infer("1", 1)).get(5, TimeUnit.SECONDS));
            }
            long millis = (System.nanoTime() - start) / 1_000_000;

            slow.set(false);
            // On shared carriers each of them would wait for ten slow runs, about a second.
            assertTrue(millis < 4000, "20 requests took " + millis + " ms");
        }
    }

    @Test
    void aStopAnswersWhatIsUnderWayAndRefusesTheRest() throws Exception {
        var engine = new FakeEngine();
        try (var fixture = new CatalogFixture(folder, engine);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            fixture.registry.register("1", new byte[] {7}, Registry.signature("distance"));
            fixture.publishAndAwait("1");
            fixture.catalog.leave();
            assertFalse(fixture.catalog.ready());
            assertEquals(0.5f, fixture.infer("1", 1));
            var running = new CountDownLatch(1);
            var release = new CountDownLatch(1);
            engine.onRun = () -> {
                running.countDown();
                await(release);
            };
            Future<Float> last = clients.submit(() -> fixture.infer("1", 1));
            running.await();

            Future<?> stop = clients.submit(fixture.catalog::close);
            fixture.recorder.await("1 Draining");
            InferenceFailure refused = assertThrows(InferenceFailure.class, () -> fixture.infer("1", 1));
            release.countDown();

            assertEquals("model 'eta' version '1' is not ready: being closed", refused.getMessage());
            assertEquals(0.5f, last.get());
            stop.get();
            assertEquals(0, engine.open.get());
        }
    }

    @Test
    void aStopDoesNotWaitForEverAndNeverClosesUnderARun() throws Exception {
        var engine = new FakeEngine();
        var config = new TestConfig(3, Duration.ofSeconds(20), Duration.ofMillis(5), Duration.ofMillis(100));
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var release = new CountDownLatch(1);
            Future<Float> last;
            try (var fixture = new CatalogFixture(folder, engine, config)) {
                fixture.registry.register("1", new byte[] {7}, Registry.signature("distance"));
                fixture.publishAndAwait("1");
                var running = new CountDownLatch(1);
                engine.onRun = () -> {
                    running.countDown();
                    await(release);
                };
                last = clients.submit(() -> fixture.infer("1", 1));
                running.await();
            }

            assertEquals(1, engine.open.get());
            release.countDown();
            assertEquals(0.5f, last.get());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
