package dev.ringside.training.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Several devices in one process, a thread each: before each step the parameters are copied to all devices but the first,
 * each computes its share of the micro-batches, and the gradients come back to the first, where they add up in the order of
 * the devices. Running statistics of batch normalisation are those of the first device's rows.
 */
final class Scattered implements Gradients {
    private final Accumulated local;
    private final List<String> names;
    private final List<Device> devices;
    private final boolean draws;
    private final ExecutorService threads;
    private final Object drawing = new Object();
    private final long[] rows;
    private final long[] nanos;
    private long replicated;
    private long scattered;
    private long gathered;

    /** @param draws whether something is drawn forwards: devices of one kind have one generator, and take turns there */
    Scattered(Accumulated local, List<String> names, boolean draws) {
        this.local = local;
        this.names = names;
        this.draws = draws;
        devices = names.stream().map(Device::new).toList();
        threads = Executors.newFixedThreadPool(
                names.size(), Thread.ofPlatform().name("device-", 0).daemon().factory());
        rows = new long[names.size()];
        nanos = new long[names.size()];
    }

    @Override
    public TensorVector stepped() {
        return local.stepped();
    }

    @Override
    public Map<String, Double> norms() {
        return local.norms();
    }

    @Override
    public double of(Step step) {
        List<Tensor> together = step.together(local.loss());
        List<Parameters> replicas = new ArrayList<>();
        replicas.add(local.parameters());
        for (Device device : devices.subList(1, devices.size())) {
            Parameters replica = local.parameters().on(device);
            replicas.add(replica);
            replicated += replica.bytes();
        }
        List<Future<Double>> shares = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            int device = i;
            shares.add(threads.submit(() -> share(step, together, replicas.get(device), device)));
        }
        double sum = 0;
        for (Future<Double> share : shares) {
            sum += await(share);
        }
        gather(replicas);
        return sum;
    }

    private double share(Step step, List<Tensor> together, Parameters replica, int device) {
        long begun = System.nanoTime();
        var own = new Accumulated(local.network(), replica, local.loss());
        int each = step.microBatches() / devices.size();
        double sum = 0;
        for (int i = device * each; i < (device + 1) * each; i++) {
            try (PointerScope _ = new PointerScope()) {
                Batches.Batch batch = step.microBatch(i).on(devices.get(device));
                rows[device] += batch.targets().size(0);
                synchronized (this) {
                    scattered += device == 0 ? 0 : batch.bytes();
                }
                Tensor share = draws ? inTurn(own, step, i, batch, together) : own.share(step, batch, together);
                share.backward();
                sum += share.item_double();
            }
        }
        nanos[device] += System.nanoTime() - begun;
        return sum;
    }

    private Tensor inTurn(Accumulated own, Step step, int microBatch, Batches.Batch batch, List<Tensor> together) {
        synchronized (drawing) {
            step.seed(microBatch);
            return own.share(step, batch, together);
        }
    }

    private void gather(List<Parameters> replicas) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Map<String, Tensor> home = local.parameters().withGradients();
            for (Parameters replica : replicas.subList(1, replicas.size())) {
                for (Map.Entry<String, Tensor> entry : home.entrySet()) {
                    Tensor own = entry.getValue();
                    Tensor gradient = replica.get(entry.getKey()).grad();
                    own.grad().add_(gradient.to(own.device(), own.scalar_type()));
                    gathered += gradient.nbytes();
                }
            }
        }
    }

    private static double await(Future<Double> share) {
        try {
            return share.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while devices compute", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** How much went to and fro, and how unevenly the devices were busy. */
    @Override
    public String account() {
        double mean = Arrays.stream(nanos).average().orElse(1);
        double most = Arrays.stream(nanos).max().orElse(1);
        return String.format(
                Locale.ROOT,
                "%d devices (%s): %s of parameters replicated, %s of rows scattered, %s of gradients gathered; rows %s,"
                        + " seconds %s, the busiest %.2f times the mean",
                devices.size(),
                String.join(", ", names),
                megabytes(replicated),
                megabytes(scattered),
                megabytes(gathered),
                joined(Arrays.stream(rows).mapToObj(Long::toString).toList()),
                joined(Arrays.stream(nanos)
                        .mapToObj(of -> String.format(Locale.ROOT, "%.2f", of / 1e9))
                        .toList()),
                most / Math.max(1, mean));
    }

    private static String joined(List<String> values) {
        return String.join(" and ", values);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
