package dev.ringside.training.network;

import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;

/**
 * Each rank has the whole network and computes some of the micro-batches; gradients are averaged over the ranks during the
 * last backward pass, or behind it. As the losses are those of one rank times their number, the averages are the sums, and as a number
 * of ranks that is a power of two changes no digit, two ranks come to the same bits as one process that adds up two
 * micro-batches.
 */
final class Replicated implements Gradients {
    private final Accumulated local;
    private final Ranks ranks;
    private Ranks.@Nullable Averaging averaging;
    private int thawed;

    Replicated(Accumulated local, Ranks ranks) {
        this.local = local;
        this.ranks = ranks;
    }

    @Override
    public void begin(int stages) {
        if (averaging == null || stages != thawed) {
            close();
            averaging = ranks.averaging(local.parameters().changing());
            thawed = stages;
        }
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
        Ranks.Averaging all = averaging;
        if (all == null) {
            throw new IllegalStateException("no pass was begun");
        }
        int each = step.microBatches() / ranks.count();
        int first = ranks.own() * each;
        List<Tensor> together = step.together(local.loss());
        double sum = 0;
        for (int i = first; i < first + each; i++) {
            try (PointerScope _ = new PointerScope()) {
                Tensor share = local.share(step, i, together);
                if (i == first + each - 1) {
                    all.next();
                }
                share.mul(new Scalar((double) ranks.count())).backward();
                if (i == first + each - 1) {
                    all.finish();
                }
                sum += share.item_double();
            }
        }
        return sum;
    }

    @Override
    public double together(double loss) {
        return ranks.sum(loss);
    }

    @Override
    public void close() {
        if (averaging != null) {
            averaging.close();
            averaging = null;
        }
    }
}
