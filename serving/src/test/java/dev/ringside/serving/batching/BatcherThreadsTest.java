package dev.ringside.serving.batching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.OnnxFiles;
import dev.ringside.engine.onnx.OnnxEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime behind real threads and a real clock. */
@Timeout(60)
class BatcherThreadsTest {
    private static final int CLIENTS = 32;
    private static final int EACH = 200;

    @TempDir
    Path folder;

    private final CountingMeter meter = new CountingMeter();
    private final AtomicInteger left = new AtomicInteger();

    private Batcher start(byte[] file, BatchSettings settings) throws Exception {
        LoadedModel model = new OnnxEngine(1).open(Files.write(folder.resolve("model.onnx"), file));
        return Batcher.start("batcher-test", model, true, settings, System::nanoTime, new ThreadTimer());
    }

    private Ticket submit(Batcher batcher, Duration time, Tensor input) {
        return batcher.submit(new BatchRequest(
                List.of(input),
                List.of("probability"),
                Deadline.in(time, System::nanoTime),
                0,
                meter,
                left::incrementAndGet,
                null));
    }

    private void ask(Batcher batcher, long seed) throws Exception {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < EACH; i++) {
            float[] distances = new float[random.nextInt(1, 5)];
            for (int k = 0; k < distances.length; k++) {
                distances[k] = (float) random.nextDouble(1_000);
            }
            List<Tensor> answer = submit(batcher, Duration.ofMinutes(1), Tensor.column("distance", distances))
                    .get();
            for (int k = 0; k < distances.length; k++) {
                distances[k] *= 3;
            }
            assertArrayEquals(distances, ((TensorData.Fp32) answer.getFirst().data()).values());
        }
    }

    @Test
    void everyClientGetsItsOwnRowsAndRunsAreShared() throws Exception {
        try (Batcher batcher = start(OnnxFiles.linear(3), new BatchSettings(16, Duration.ZERO, 3, 1_000, false, 2));
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<?>>();
            for (int client = 0; client < CLIENTS; client++) {
                long seed = client;
                answers.add(clients.submit(() -> {
                    ask(batcher, seed);
                    return null;
                }));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
            while (left.get() < CLIENTS * EACH) {
                Thread.sleep(1);
            }
        }
        assertEquals(
                CLIENTS * EACH, meter.runs.stream().mapToInt(BatchRun::requests).sum());
        assertTrue(meter.runs.size() < CLIENTS * EACH, "no run was shared");
        assertTrue(meter.runs.stream().allMatch(run -> run.batchRows() <= 16));
        assertEquals(0, meter.waiting);
    }

    @Test
    void whereRunsAreSharedOnlyTheGuiltyFails() throws Exception {
        try (Batcher batcher = start(OnnxFiles.failing(), new BatchSettings(16, Duration.ZERO, 3, 1_000, false, 1));
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<List<Tensor>>>();
            for (int i = 0; i < 400; i++) {
                long position = i % 5 == 4 ? 9 : i % 3;
                answers.add(
                        clients.submit(() -> submit(batcher, Duration.ofMinutes(1), Tensor.column("position", position))
                                .get()));
            }
            for (int i = 0; i < answers.size(); i++) {
                if (i % 5 == 4) {
                    Future<List<Tensor>> guilty = answers.get(i);
                    Throwable failed =
                            assertThrows(ExecutionException.class, guilty::get).getCause();
                    assertTrue(failed.getCause() instanceof ModelFailure, failed::toString);
                } else {
                    assertEquals(
                            List.of(Tensor.column("probability", 0.1f + 0.1f * (i % 3))),
                            answers.get(i).get());
                }
            }
        }
    }

    @Test
    void aDeadlineIsKeptWhileASlowModelRunsAndInstancesHaveNames() throws Exception {
        try (Batcher batcher = start(OnnxFiles.slow(400), new BatchSettings(1, Duration.ZERO, 3, 1_000, false, 1))) {
            Ticket slow = submit(batcher, Duration.ofMinutes(1), Tensor.column("distance", 2f));
            long began = System.nanoTime();
            Ticket late = submit(batcher, Duration.ofMillis(20), Tensor.column("distance", 1f));
            var failure = (InferenceFailure)
                    assertThrows(ExecutionException.class, late::get).getCause();
            assertEquals(InferenceFailure.Cause.DEADLINE, failure.why());
            assertTrue(System.nanoTime() - began >= 20_000_000);
            assertTrue(!slow.isDone(), "the model was not slow enough to say anything");
            Set<String> names = Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .collect(Collectors.toSet());
            assertTrue(names.contains("batcher-test-1") && names.contains("serving-timer"), names::toString);
            assertEquals(List.of(Tensor.column("probability", 2f)), slow.get());
        }
    }
}
