package dev.ringside.benchmarks.serving;

import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.onnx.OnnxEngine;
import dev.ringside.serving.batching.BatchRequest;
import dev.ringside.serving.batching.BatchSettings;
import dev.ringside.serving.batching.Batcher;
import dev.ringside.serving.batching.JoinTrial;
import dev.ringside.serving.batching.ThreadTimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/** A network behind a batcher with one instance, asked for one row at a time. */
final class Served implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int QUEUE = 10_000;

    private final RunTotals totals = new RunTotals();
    private final Batcher batcher;
    private final LongSupplier ticker;
    private final List<Tensor> row;

    /**
     * @param maxRows the greatest batch
     * @param delay how long requests that wait together are held
     * @param ticker nanoseconds
     * @throws ModelFailure if the network cannot be run, or its requests not together
     */
    Served(Network network, int maxRows, Duration delay, LongSupplier ticker) throws IOException, ModelFailure {
        this.ticker = ticker;
        float[] values = new float[network.inputs()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % 17 - 8) / 8f;
        }
        this.row = List.of(new Tensor("x", List.of(1L, (long) values.length), new TensorData.Fp32(values)));
        Path file = Files.createTempFile("ringside-bench-", ".onnx");
        try {
            Files.write(file, network.file());
            LoadedModel model = new OnnxEngine(1).open(file);
            String objection =
                    new JoinTrial(model, maxRows, List.of(), true).objection().orElse(null);
            if (objection != null) {
                model.close();
                throw new ModelFailure("requests to " + network.name() + " may not be joined: " + objection);
            }
            this.batcher = Batcher.start(
                    "bench",
                    model,
                    true,
                    new BatchSettings(maxRows, delay, 1, QUEUE, false, 1),
                    ticker,
                    new ThreadTimer());
        } finally {
            Files.delete(file);
        }
    }

    RunTotals totals() {
        return totals;
    }

    /**
     * How many rows it answers in a second, with so many requests under way: for each that is answered another is sent, by
     * a thread of the sender's own, so that nothing of what is measured is a switch from client to client.
     */
    double rowsPerSecond(int underWay, Duration time) throws ExecutionException, InterruptedException {
        totals.reset();
        long began = ticker.getAsLong();
        try (var sender = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("bench-sender").factory())) {
            var ends = new ArrayList<CompletableFuture<Void>>(underWay);
            for (int i = 0; i < underWay; i++) {
                var end = new CompletableFuture<Void>();
                ends.add(end);
                sender.execute(() -> ask(began + time.toNanos(), sender, end));
            }
            for (CompletableFuture<Void> end : ends) {
                end.get();
            }
        }
        return totals.rows() * 1e9 / (ticker.getAsLong() - began);
    }

    private void ask(long until, Executor sender, CompletableFuture<Void> end) {
        if (ticker.getAsLong() - until >= 0) {
            end.complete(null);
            return;
        }
        try {
            var _ = batcher.submit(new BatchRequest(
                            row, List.of("y"), Deadline.in(PATIENCE, ticker), 0, totals, () -> {}, null))
                    .whenCompleteAsync(
                            (_, failure) -> {
                                if (failure == null) {
                                    ask(until, sender, end);
                                } else {
                                    end.completeExceptionally(failure);
                                }
                            },
                            sender);
        } catch (InferenceFailure e) {
            end.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        batcher.close();
    }
}
