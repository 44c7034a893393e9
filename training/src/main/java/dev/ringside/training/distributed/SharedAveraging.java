package dev.ringside.training.distributed;

import dev.ringside.training.network.Ranks;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Averages through memory that the ranks of one machine share: each puts its gradients, divided by how many ranks there
 * are, into its area, and adds up all areas in the order of ranks. It is what c10d's reducer computes, and for two ranks
 * the same bits.
 */
final class SharedAveraging implements Ranks.Averaging {
    private final int own;
    private final int ranks;
    private final double share;
    private final SharedMemory memory;
    private final TensorVector parameters;
    /** By area, rank and parameter. */
    private final Tensor[][][] places;

    SharedAveraging(Ranks ranks, SharedMemory memory, TensorVector parameters) {
        own = ranks.own();
        this.ranks = ranks.count();
        share = 1.0 / ranks.count();
        this.memory = memory;
        this.parameters = parameters;
        places = new Tensor[SharedMemory.AREAS][ranks.count()][];
        for (int area = 0; area < SharedMemory.AREAS; area++) {
            for (int rank = 0; rank < ranks.count(); rank++) {
                places[area][rank] = places(memory.numbers(rank, area));
            }
        }
    }

    /** How many numbers an area needs. */
    static long numbers(TensorVector parameters) {
        long sum = 0;
        for (long i = 0; i < parameters.size(); i++) {
            sum += parameters.get(i).numel();
        }
        return sum;
    }

    private Tensor[] places(FloatPointer numbers) {
        Tensor[] parts = new Tensor[Math.toIntExact(parameters.size())];
        try (PointerScope _ = new PointerScope()) {
            Tensor all = torch.from_blob(numbers, new long[] {numbers(parameters)});
            long at = 0;
            for (int i = 0; i < parts.length; i++) {
                Tensor parameter = parameters.get(i);
                parts[i] = all.narrow(0, at, parameter.numel()).view_as(parameter);
                parts[i].retainReference(); // until this is closed, not the scope
                at += parameter.numel();
            }
        }
        return parts;
    }

    @Override
    public void next() {
        // nothing to prepare: what a backward pass leaves is averaged as a whole behind it
    }

    @Override
    public void finish() {
        try (PointerScope _ = new PointerScope()) {
            Tensor[][] area = places[memory.next()];
            Scalar part = new Scalar(share);
            for (int i = 0; i < area[own].length; i++) {
                torch.mul_out(area[own][i], gradient(i), part);
            }
            memory.exchange();
            for (int i = 0; i < area[own].length; i++) {
                Tensor sum = gradient(i);
                torch.add_out(sum, area[0][i], area[1][i]);
                for (int rank = 2; rank < ranks; rank++) {
                    sum.add_(area[rank][i]);
                }
            }
        }
    }

    private Tensor gradient(int parameter) {
        Tensor gradient = parameters.get(parameter).grad();
        if (!gradient.defined()) {
            throw new IllegalStateException("parameter " + parameter + " of " + parameters.size()
                    + " that are in training has no gradient: expected all to be part of the loss");
        }
        return gradient;
    }

    @Override
    public void close() {
        for (Tensor[][] area : places) {
            for (Tensor[] ofRank : area) {
                for (Tensor place : ofRank) {
                    place.releaseReference();
                }
            }
        }
        memory.close();
    }
}
