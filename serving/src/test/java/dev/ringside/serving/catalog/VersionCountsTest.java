package dev.ringside.serving.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.Tensor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class VersionCountsTest {
    private final FakeEngine engine = new FakeEngine();

    @TempDir
    Path folder;

    private CatalogFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new CatalogFixture(folder, engine);
        fixture.registry.register("1", new byte[] {7}, Registry.signature("distance"));
        fixture.publishAndAwait("1");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private VersionCounts counts() {
        List<VersionCounts> all = fixture.catalog.counts();
        assertEquals(1, all.size());
        return all.getFirst();
    }

    @Test
    void whatRequestsTookIsCountedByClasses() {
        var durations = new Durations();
        for (long micros : new long[] {1, 100, 101, 4_999, 5_000, 20_000_000}) {
            durations.add(micros * 1_000);
        }
        VersionCounts.Distribution sum = durations.sum();
        assertEquals(6, sum.count());
        assertEquals(2, sum.upTo().getFirst());
        assertEquals(3, sum.upTo().get(1));
        assertEquals(5, sum.upTo().get(sum.bounds().indexOf(Duration.ofMillis(5))));
        assertEquals(5, sum.upTo().get(sum.bounds().size() - 1));
        assertEquals(Duration.ofSeconds(10), sum.bounds().getLast());
        assertEquals(20_010_201_000L, sum.time().toNanos());

        fixture.infer("1", 1);
        assertEquals(1, counts().requests().count());
        assertEquals(1, counts().waits().count());
    }

    @Test
    void loadingCountsNothing() {
        VersionCounts counts = counts();
        assertEquals("eta", counts.slot());
        assertEquals("1", counts.version());
        assertEquals(0, counts.answered() + counts.runs() + counts.waiting());
        assertTrue(counts.mayWait() > 0, "once it answers");
        assertTrue(engine.runs.get() > 0);
    }

    @Test
    void anAnswerCountsItsRunItsRowsAndItsTime() {
        fixture.infer("1", Tensor.column("distance", 1f, 2f, 3f));
        fixture.infer("1", Tensor.column("distance", 4f));
        VersionCounts counts = counts();
        assertEquals(2, counts.answered());
        assertEquals(2, counts.runs());
        assertEquals(4, counts.rows());
        VersionCounts.Stages stages = counts.stages();
        for (VersionCounts.Timed stage : List.of(stages.queued(), stages.input(), stages.infer(), stages.output())) {
            assertEquals(2, stage.count(), counts.toString());
            assertTrue(stage.time().compareTo(Duration.ZERO) > 0, counts.toString());
            assertTrue(stages.answered().time().compareTo(stage.time()) >= 0, counts.toString());
        }
        assertEquals(
                List.of(1L, 3L),
                counts.batches().stream().map(VersionCounts.Batch::rows).toList());
        assertEquals(1, counts.batches().getFirst().infer().count());
        assertTrue(counts.sinceLast().compareTo(Duration.ofSeconds(30)) < 0);
    }

    @Test
    void whatIsNotAnsweredCountsByItsCause() {
        assertThrows(InferenceFailure.class, () -> fixture.infer("1", Tensor.column("distnace", 1f)));
        assertThrows(InferenceFailure.class, () -> fixture.infer("2", 1));
        engine.onRun = () -> {
            throw new IllegalStateException("broken");
        };
        assertThrows(InferenceFailure.class, () -> fixture.infer("1", 1));
        VersionCounts counts = counts();
        assertEquals(1, counts.failed().get(Cause.MALFORMED));
        assertEquals(1, counts.failed().get(Cause.FAILED));
        assertEquals(0, counts.failed().get(Cause.UNKNOWN_MODEL));
        assertEquals(0, counts.answered() + counts.runs());
        assertEquals(2, counts.stages().failed().count());
        assertNull(counts.sinceLast());
    }

    @Test
    void aRequestWaitsUntilItsRunBegins() throws Exception {
        var release = new CountDownLatch(1);
        var running = new CountDownLatch(2);
        engine.onRun = () -> {
            running.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Float>> answers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                answers.add(clients.submit(() -> fixture.infer("1", 1)));
            }
            running.await();
            while (counts().waiting() != 3) {
                Thread.sleep(2);
            }
            release.countDown();
            for (Future<Float> answer : answers) {
                assertEquals(0.5f, answer.get());
            }
        }
        assertEquals(0, counts().waiting());
        assertEquals(5, counts().answered());
    }
}
