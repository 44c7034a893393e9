package dev.ringside.training.distributed;

import dev.ringside.training.network.Ranks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.BackendOptional;
import org.bytedeco.pytorch.BoolVector;
import org.bytedeco.pytorch.BroadcastOptions;
import org.bytedeco.pytorch.ProcessGroup;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Reducer;
import org.bytedeco.pytorch.SizeTStringMap;
import org.bytedeco.pytorch.SizeTVector;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.global.torch;

/**
 * Processes that are joined by c10d over Gloo, for tensors of the CPU. Gradients are averaged through memory where all
 * ranks are on one machine, and by c10d's own reducer where they are not: in buckets, while the backward pass still makes
 * those of others.
 */
public final class GlooRanks implements Ranks {
    /** A process that was killed is known at once by its connections; this is for one that hangs. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /** Bytes of a bucket. */
    private static final long BUCKET = 1 << 20;

    private final int own;
    private final int count;
    private final ProcessGroupGloo gloo;
    private final ProcessGroup group;

    private final Path memory;

    private GlooRanks(int own, int count, ProcessGroupGloo gloo, ProcessGroup group, Path memory) {
        this.own = own;
        this.count = count;
        this.gloo = gloo;
        this.group = group;
        this.memory = memory;
    }

    /**
     * @param address this machine's, at which the others reach this process
     * @param memory the folder in which ranks of one machine make memory that they share
     */
    static GlooRanks of(Store store, Place place, String address, Path memory) {
        try {
            var options = Kept.of(ProcessGroupGloo.Options.create(Kept.of(new Milliseconds(PATIENCE.toMillis()))));
            options.devices().push_back(Kept.of(ProcessGroupGloo.createDeviceForHostname(address)));
            var gloo = Kept.of(new ProcessGroupGloo(store, place.rank(), place.processes(), options));
            var group = Kept.of(new ProcessGroup(place.rank(), place.processes()));
            var backend = Kept.of(new BackendOptional(gloo));
            group.setBackend(torch.DeviceType.CPU, ProcessGroup.BackendType.GLOO, backend);
            group.setDefaultBackend(ProcessGroup.BackendType.GLOO);
            return new GlooRanks(place.rank(), place.processes(), gloo, group, memory);
        } catch (RuntimeException e) {
            throw LostRank.of(e, place.rank());
        }
    }

    @Override
    public int own() {
        return own;
    }

    @Override
    public int count() {
        return count;
    }

    private <T> T done(Supplier<T> call) {
        try (PointerScope _ = new PointerScope()) {
            return call.get();
        } catch (RuntimeException e) {
            throw LostRank.of(e, own);
        }
    }

    @Override
    public void sum(Tensor tensor) {
        done(() -> gloo.allreduce(new TensorVector(tensor))._wait());
    }

    @Override
    public void broadcast(Tensor tensor, int from) {
        done(() -> gloo.broadcast(new TensorVector(tensor), new BroadcastOptions().rootRank(from))
                ._wait());
    }

    @Override
    public Sending send(Tensor tensor, int to, int tag) {
        try {
            Work work = gloo.send(new TensorVector(tensor), to, tag);
            return () -> done(work::_wait);
        } catch (RuntimeException e) {
            throw LostRank.of(e, own);
        }
    }

    @Override
    public void receive(Tensor tensor, int from, int tag) {
        done(() -> gloo.recv(new TensorVector(tensor), from, tag)._wait());
    }

    @Override
    public Averaging averaging(TensorVector parameters) {
        SharedMemory shared = SharedMemory.of(this, memory, SharedAveraging.numbers(parameters), PATIENCE);
        return shared == null ? reduced(parameters) : new SharedAveraging(this, shared, parameters);
    }

    private Averaging reduced(TensorVector parameters) {
        var sparse = new BoolVector();
        for (long i = 0; i < parameters.size(); i++) {
            sparse.push_back(false);
        }
        var sizes = new SizeTVector();
        sizes.push_back(BUCKET);
        var reducer = new Reducer(
                parameters,
                torch.compute_bucket_assignment_by_size(parameters, sizes).get0(),
                group,
                sparse,
                BUCKET,
                false,
                false,
                new SizeTStringMap(),
                BUCKET,
                false,
                false);
        return new Averaging() {
            @Override
            public void next() {
                reducer.rebuild_buckets(); // once, after the first pass: in the order in which gradients came
                reducer.prepare_for_forward();
                reducer.prepare_for_backward(new TensorVector());
            }

            @Override
            public void finish() {
                // the backward pass has ended with the averages
            }

            @Override
            public void close() {
                reducer.close();
            }
        };
    }
}
