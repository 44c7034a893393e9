package dev.ringside.serving.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.routing.FleetReport.LoadedVersion;
import dev.ringside.engine.OnnxFiles;
import dev.ringside.engine.onnx.OnnxEngine;
import dev.ringside.serving.catalog.Registry.Broken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogLifecycleTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("B7: a model whose load hangs holds up no other, and is taken should it come after all")
    void aLoadThatHangsHoldsUpNoOther() throws Exception {
        var engine = new FakeEngine();
        var slow = new TestConfig(1000, Duration.ofMillis(300), Duration.ofMillis(5), Duration.ofSeconds(20));
        var release = new CountDownLatch(1);
        String hanging = Digests.sha256(OnnxFiles.linear(7));
        engine.onOpen = file -> {
            if (file.getFileName().toString().equals(hanging)) {
                awaitQuietly(release);
            }
        };
        try (var fixture = new CatalogFixture(folder, engine, slow)) {
            fixture.registry.register("1", OnnxFiles.linear(7), Registry.signature("distance"));
            for (int i = 2; i < 10; i++) {
                fixture.registry.register("" + i, OnnxFiles.linear(i + 10), Registry.signature("distance"));
            }
            fixture.publish();
            for (int i = 2; i < 10; i++) {
                fixture.recorder.await(i + " Serving");
            }
            fixture.recorder.await("1 Overdue");
            assertEquals(
                    "not loaded within 300 ms, and still being loaded",
                    fixture.catalog.report().getFirst().reason());

            // Tables go on being taken: a version goes, another comes.
            fixture.registry.unregister("9");
            fixture.registry.register("new", OnnxFiles.linear(40), Registry.signature("distance"));
            fixture.publishAndAwait("new");
            fixture.recorder.await("9 Closed");

            release.countDown();
            fixture.recorder.await("1 Serving");
            assertEquals(0.5f, fixture.infer("1", 1));
        }
        assertEquals(0, engine.open.get());
    }

    @Test
    @DisplayName("B7: what a load opens after its version was dropped is closed again")
    void aLoadThatComesTooLateIsClosed() throws Exception {
        var engine = new FakeEngine();
        var slow = new TestConfig(1000, Duration.ofMillis(100), Duration.ofMillis(5), Duration.ofSeconds(20));
        var release = new CountDownLatch(1);
        engine.onOpen = file -> awaitQuietly(release);
        try (var fixture = new CatalogFixture(folder, engine, slow)) {
            fixture.registry.register("1", OnnxFiles.linear(7), Registry.signature("distance"));
            fixture.publish();
            fixture.recorder.await("1 Overdue");
            fixture.registry.unregister("1");
            fixture.publish();
            fixture.recorder.await("1 Closed");

            release.countDown();
            engine.onOpen = file -> {};
            fixture.registry.register("2", OnnxFiles.linear(8), Registry.signature("distance"));
            fixture.publishAndAwait("2");
            while (engine.open.get() != 1) {
                Thread.sleep(5);
            }
        }
        assertEquals(2, engine.opened.get());
        assertEquals(0, engine.open.get());
    }

    @Test
    @DisplayName("B7: a load that fails leaves nothing open")
    void aLoadThatFailsLeavesNothingOpen() throws Exception {
        var engine = new FakeEngine();
        engine.onRun = () -> {
            throw new IllegalStateException("out of luck");
        };
        try (var fixture = new CatalogFixture(folder, engine)) {
            fixture.registry.register("1", OnnxFiles.linear(7), Registry.signature("distance"), Registry.golden(7));
            fixture.publish();
            fixture.recorder.await("1 Failed");

            assertEquals(1, engine.opened.get());
            assertEquals(0, engine.open.get());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aVersionIsFetchedVerifiedWarmedAndThenServes() throws Exception {
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1))) {
            assertEquals(0, fixture.catalog.routingVersion());
            assertFalse(fixture.catalog.ready());
            fixture.registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"), Registry.golden(2));

            fixture.publishAndAwait("1");

            assertEquals(List.of("1 Fetching", "1 Verifying", "1 Warming", "1 Serving"), fixture.recorder.steps());
            assertEquals(List.of(new LoadedVersion("eta", "1", true, null)), fixture.catalog.report());
            assertEquals(1, fixture.catalog.routingVersion());
            assertTrue(fixture.catalog.ready());
            assertTrue(fixture.catalog.ready("eta"));
            assertTrue(fixture.catalog.ready("eta", "1"));
            assertEquals(8f, fixture.infer("1", 4));
        }
    }

    @Test
    void aTableThatSaysTheSameChangesNothing() throws Exception {
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1))) {
            fixture.registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));
            fixture.publishAndAwait("1");
            List<String> before = fixture.recorder.steps();

            fixture.publish();
            fixture.registry.register("2", OnnxFiles.linear(3), Registry.signature("distance"));
            fixture.publishAndAwait("2");

            assertEquals(1, fixture.recorder.count("1 Fetching"));
            assertEquals(before, fixture.recorder.steps().subList(0, before.size()));
            assertEquals(3, fixture.catalog.routingVersion());
        }
    }

    @Test
    void aVersionThatIsNotThereOrNotReadyIsRefusedWithTheReason() throws Exception {
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1))) {
            var hold = new CountDownLatch(1);
            fixture.registry.transport(bytes -> {
                await(hold);
                return bytes;
            });
            fixture.registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));
            fixture.publish();
            fixture.recorder.await("1 Fetching");

            assertFailure(Cause.UNAVAILABLE, "model 'eta' version '1' is not ready: fetching its file", fixture, "1");
            assertFailure(
                    Cause.UNKNOWN_MODEL, "Request for unknown model: 'eta' version '7' is not found", fixture, "7");
            InferenceFailure unknown = assertThrows(InferenceFailure.class, () -> fixture.catalog.metadata("eat"));
            assertEquals("Request for unknown model: 'eat' is not found", unknown.getMessage());
            assertFalse(fixture.catalog.ready());
            assertFalse(fixture.catalog.ready("eta"));
            hold.countDown();
            fixture.recorder.await("1 Serving");
        }
    }

    @Test
    void aFetchThatFailsIsTriedAgainUntilItComes() throws Exception {
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1))) {
            var failures = new AtomicInteger(4);
            fixture.registry.transport(bytes -> {
                if (failures.getAndDecrement() > 0) {
                    throw new Broken("connection refused");
                }
                return bytes;
            });
            fixture.registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));

            fixture.publishAndAwait("1");

            assertEquals(4, fixture.recorder.count("1 Waiting"));
            assertEquals(5, fixture.recorder.count("1 Fetching"));
            assertEquals(2f, fixture.infer("1", 1));
        }
    }

    @Test
    void bytesWithAnotherDigestAreNotUsedAndFetchedAgain() throws Exception {
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1))) {
            var damaged = new AtomicInteger(1);
            fixture.registry.transport(bytes -> {
                byte[] copy = bytes.clone();
                copy[copy.length / 2] ^= (byte) damaged.getAndSet(0);
                return copy;
            });
            fixture.registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));

            fixture.publishAndAwait("1");

            assertEquals(1, fixture.recorder.count("1 Waiting"));
        }
    }

    @Test
    void aFetchThatHangsIsGivenUpAndTriedAgain() throws Exception {
        var config = new TestConfig(10, Duration.ofMillis(200), Duration.ofMillis(5), Duration.ofSeconds(5));
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1), config)) {
            var hang = new AtomicInteger(1);
            fixture.registry.transport(bytes -> {
                if (hang.getAndSet(0) == 1) {
                    await(new CountDownLatch(1));
                }
                return bytes;
            });
            fixture.registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));

            fixture.publishAndAwait("1");

            List<String> steps = fixture.recorder.steps();
            assertEquals(List.of("1 Fetching", "1 Waiting", "1 Fetching"), steps.subList(0, 3));
        }
    }

    @Test
    void aBrokenChallengerLeavesTheChampionUntouchedAndIsNotTriedAgain() throws Exception {
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1))) {
            fixture.registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));
            fixture.publishAndAwait("1");
            fixture.registry.register("2", new byte[] {1, 2, 3}, Registry.signature("distance"));

            fixture.publish();
            fixture.recorder.await("2 Failed");
            int fetches = fixture.registry.fetches();
            Thread.sleep(100);

            assertEquals(fetches, fixture.registry.fetches());
            assertEquals(1, fixture.recorder.count("2 Fetching"));
            assertEquals(2f, fixture.infer("1", 1));
            assertTrue(fixture.catalog.ready());
            LoadedVersion broken = fixture.catalog.report().get(1);
            assertFalse(broken.ready());
            assertTrue(broken.reason().startsWith("failed to load: the file is no ONNX file"), broken.reason());
            InferenceFailure failure = assertThrows(InferenceFailure.class, () -> fixture.infer("2", 1));
            assertEquals(Cause.UNAVAILABLE, failure.why());
        }
    }

    @Test
    void aBrokenFileUnderAServingNameLeavesTheOldOneServing() throws Exception {
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1))) {
            fixture.registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));
            fixture.publishAndAwait("1");
            fixture.registry.register("1", OnnxFiles.linear(5), Registry.signature("distance"), Registry.golden(4));

            fixture.publish();
            fixture.recorder.await("1 Failed");

            assertEquals(2f, fixture.infer("1", 1));
            LoadedVersion report = fixture.catalog.report().getFirst();
            assertTrue(report.ready());
            assertEquals(
                    "the file before it serves, the new one: failed to load: golden row 0: output 'probability'"
                            + " value 0: expected 8.0, found 10.0, tolerance 1.0E-6",
                    report.reason());

            fixture.registry.register("1", OnnxFiles.linear(5), Registry.signature("distance"), Registry.golden(5));
            fixture.publish();
            fixture.recorder.await("1 Serving", 2);
            assertEquals(5f, fixture.infer("1", 1));
            fixture.recorder.await("1 Closed", 2);
        }
    }

    @Test
    void aVersionThatIsDroppedIsClosedAndItsFilesAreDeleted() throws Exception {
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1))) {
            fixture.registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));
            fixture.registry.register("2", OnnxFiles.linear(3), Registry.signature("distance"));
            fixture.publishAndAwait("2");
            fixture.recorder.await("1 Serving");
            assertEquals(4, files());

            fixture.registry.unregister("2");
            fixture.publish();
            fixture.recorder.await("2 Closed");

            assertEquals(2, files());
            assertFailure(
                    Cause.UNKNOWN_MODEL, "Request for unknown model: 'eta' version '2' is not found", fixture, "2");
            assertEquals(2f, fixture.infer("1", 1));
        }
    }

    @Test
    void aVersionThatIsDroppedWhileItIsFetchedOrHasFailedIsGone() throws Exception {
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1))) {
            var never = new CountDownLatch(1);
            fixture.registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));
            fixture.registry.register("2", new byte[] {1}, Registry.signature("distance"));
            fixture.publishAndAwait("1");
            fixture.recorder.await("2 Failed");
            fixture.registry.transport(bytes -> {
                await(never);
                return bytes;
            });
            fixture.registry.register("3", OnnxFiles.linear(3), Registry.signature("distance"));
            fixture.publish();
            fixture.recorder.await("3 Fetching");

            fixture.registry.unregister("2");
            fixture.registry.unregister("3");
            fixture.publish();

            fixture.recorder.await("2 Closed");
            fixture.recorder.await("3 Closed");
            assertEquals(1, fixture.catalog.report().size());
        }
    }

    @Test
    void afterARestartFilesComeFromTheDiskWithoutTheControlPlane() throws Exception {
        var registry = new Registry();
        registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));
        var source = new AtomicInteger();
        var recorder = new Recorder();
        try (var first = catalog(registry, recorder)) {
            first.accept(registry.table());
            recorder.await("1 Serving");
        }
        registry.transport(bytes -> {
            source.incrementAndGet();
            throw new Broken("down");
        });
        Files.write(folder.resolve("0".repeat(64) + "123.part"), new byte[9]);

        var again = new Recorder();
        try (var second = catalog(registry, again)) {
            second.accept(registry.table());
            again.await("1 Serving");
        }

        assertEquals(0, source.get());
        assertEquals(2, files());
    }

    @Test
    void aFileThatWasDamagedOnTheDiskIsFetchedAgain() throws Exception {
        var registry = new Registry();
        registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));
        var recorder = new Recorder();
        try (var first = catalog(registry, recorder)) {
            first.accept(registry.table());
            recorder.await("1 Serving");
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[] {1});
            }
        }

        var again = new Recorder();
        try (var second = catalog(registry, again)) {
            second.accept(registry.table());
            again.await("1 Serving");
        }

        assertEquals(4, registry.fetches());
    }

    @Test
    void metadataShowsTheSlotAndTheVersion() throws Exception {
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1))) {
            fixture.registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));
            fixture.registry.register("2", OnnxFiles.lookup(Map.of(), 1), Registry.signature("distance", "carrier"));
            fixture.registry.register("3", new byte[] {1}, Registry.signature("distance"));
            fixture.publishAndAwait("1");
            fixture.recorder.await("2 Serving");
            fixture.recorder.await("3 Failed");

            var slot = fixture.catalog.metadata("eta");
            assertEquals("eta", slot.name());
            assertEquals(List.of("1", "2"), slot.versions());
            assertEquals("onnxruntime_onnx", slot.platform());
            assertEquals(Registry.DECLARED.inputs(), slot.inputs());
            var version = fixture.catalog.metadata("eta", "2");
            assertEquals(List.of("2"), version.versions());
            assertEquals(Registry.signature("distance", "carrier").inputs(), version.inputs());
            assertThrows(InferenceFailure.class, () -> fixture.catalog.metadata("eta", "3"));
        }
    }

    private Catalog catalog(Registry registry, Recorder recorder) throws java.io.IOException {
        return new Catalog(
                TestConfig.QUICK,
                List.of(new OnnxEngine(1)),
                new ArtefactCache(folder, registry),
                System::nanoTime,
                recorder);
    }

    private long files() throws java.io.IOException {
        try (var files = Files.list(folder)) {
            return files.count();
        }
    }

    private static void assertFailure(Cause cause, String message, CatalogFixture fixture, String version) {
        InferenceFailure failure =
                assertThrows(InferenceFailure.class, () -> fixture.infer(version, Tensor.column("distance", 1f)));
        assertEquals(message, failure.getMessage());
        assertEquals(cause, failure.why());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new Broken("interrupted");
        }
    }
}
