package dev.ringside.training.network;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The processes that train one network together, as one of them sees them. All do the same calls in the same order. A call
 * fails where another process is gone.
 */
public interface Ranks {
    /** Which of them this one is, from 0. Rank 0 judges, keeps and writes. */
    int own();

    /** How many there are, at least 2. */
    int count();

    /** Makes a tensor the sum of all ranks'. */
    void sum(Tensor tensor);

    /** Makes a tensor that of one rank. */
    void broadcast(Tensor tensor, int from);

    /**
     * Sends a tensor to one rank, which {@link #receive}s it. The tensor must stay as it is until it was waited for.
     *
     * @param tag tells apart what is under way between two ranks
     */
    Sending send(Tensor tensor, int to, int tag);

    /** Fills a tensor with what one rank sends. */
    void receive(Tensor tensor, int from, int tag);

    /** Averages gradients over all ranks. All call this at once. */
    Averaging averaging(TensorVector parameters);

    /** Something that is under way. */
    @FunctionalInterface
    interface Sending {
        /** Waits until it has left. */
        void await();
    }

    /** Gradients of some parameters that are averaged, of what was accumulated before, too. Its owner closes it. */
    interface Averaging extends AutoCloseable {
        /** Before the backward pass behind which they are averages. */
        void next();

        /** Behind it: afterwards they are averages. */
        void finish();

        @Override
        void close();
    }

    /** The numbers of rank 0, for all. */
    default double[] agree(double[] own) {
        try (PointerScope _ = new PointerScope()) {
            Tensor told = torch.from_blob(
                            new DoublePointer(own), new long[] {own.length}, new TensorOptions(torch.ScalarType.Double))
                    .clone();
            broadcast(told, 0);
            double[] agreed = new double[own.length];
            told.data_ptr_double().get(agreed);
            return agreed;
        }
    }

    /** The sum of a number over all ranks. */
    default double sum(double own) {
        try (PointerScope _ = new PointerScope()) {
            Tensor sum = torch.from_blob(
                            new DoublePointer(own), new long[] {1}, new TensorOptions(torch.ScalarType.Double))
                    .clone();
            sum(sum);
            return sum.item_double();
        }
    }

    /**
     * One rank's bytes, for all.
     *
     * @param own that rank's; of the others it is not looked at
     */
    default byte[] bytes(byte @Nullable [] own, int from) {
        byte[] given = own() == from && own != null ? own : new byte[0];
        try (PointerScope _ = new PointerScope()) {
            byte[] length =
                    ByteBuffer.allocate(Integer.BYTES).putInt(given.length).array();
            Tensor size = bytes(length);
            broadcast(size, from);
            size.data_ptr_byte().get(length);
            byte[] all =
                    own() == from ? given : new byte[ByteBuffer.wrap(length).getInt()];
            if (all.length > 0) {
                Tensor told = bytes(all);
                broadcast(told, from);
                told.data_ptr_byte().get(all);
            }
            return all;
        }
    }

    private static Tensor bytes(byte[] values) {
        return torch.from_blob(
                        new BytePointer(values), new long[] {values.length}, new TensorOptions(torch.ScalarType.Byte))
                .clone();
    }
}
