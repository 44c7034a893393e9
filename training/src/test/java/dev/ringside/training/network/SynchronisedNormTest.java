package dev.ringside.training.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.distributed.RanksTogether;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Held to libtorch's own batch normalisation of all rows together, in FP64. */
class SynchronisedNormTest {
    private static final int ROWS = 13;
    private static final int COLUMNS = 3;
    /** Unequal shards. */
    private static final int[] SHARDS = {0, 8, ROWS};

    private static final double[] VALUES = normal(1, ROWS * COLUMNS, 3, 40);
    private static final double[] TARGETS = normal(2, ROWS * COLUMNS, 1, 0);
    private static final double[] WEIGHT = normal(3, COLUMNS, 0.3, 1);
    private static final double[] BIAS = normal(4, COLUMNS, 0.3, 0);
    private static final double[] MEAN = {38, 41, 0};
    private static final double[] VARIANCE = {1, 2, 0.5};

    private static double[] normal(long seed, int count, double deviation, double mean) {
        var random = new Random(seed);
        return random.doubles(count)
                .map(_ -> mean + deviation * random.nextGaussian())
                .toArray();
    }

    private static Tensor tensor(double[] values, long... shape) {
        return torch.from_blob(new DoublePointer(values), shape, new TensorOptions(torch.ScalarType.Double))
                .clone();
    }

    private static double[] doubles(Tensor tensor) {
        double[] values = new double[(int) tensor.numel()];
        tensor.detach().contiguous().data_ptr_double().get(values);
        return values;
    }

    /** What a normalisation gives and what it leads to, of some rows. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its numbers
    private record Seen(double[] gradient, double[] weight, double[] bias, double[] mean, double[] variance) {}

    private static Seen seen(int from, int to, Ranks ranks) {
        Libtorch.load();
        try (PointerScope _ = new PointerScope()) {
            Tensor rows = tensor(VALUES, ROWS, COLUMNS)
                    .narrow(0, from, to - from)
                    .clone()
                    .requires_grad_();
            Tensor weight = tensor(WEIGHT, COLUMNS).requires_grad_();
            Tensor bias = tensor(BIAS, COLUMNS).requires_grad_();
            Tensor mean = tensor(MEAN, COLUMNS);
            Tensor variance = tensor(VARIANCE, COLUMNS);
            Tensor normalised = ranks == null
                    ? torch.batch_norm(
                            rows,
                            new TensorOptional(weight),
                            new TensorOptional(bias),
                            new TensorOptional(mean),
                            new TensorOptional(variance),
                            true,
                            0.1,
                            1e-5,
                            false)
                    : new SynchronisedNorm(ranks, 0.1, 1e-5).of(rows, weight, bias, mean, variance);
            normalised
                    .sub(tensor(TARGETS, ROWS, COLUMNS).narrow(0, from, to - from))
                    .square()
                    .sum()
                    .backward();
            if (ranks != null) {
                ranks.sum(weight.grad());
                ranks.sum(bias.grad());
            }
            return new Seen(
                    doubles(rows.grad()),
                    doubles(weight.grad()),
                    doubles(bias.grad()),
                    doubles(mean),
                    doubles(variance));
        }
    }

    private static double distance(double[] whole, int from, double[] part) {
        double most = 0;
        for (int i = 0; i < part.length; i++) {
            most = Math.max(most, Math.abs(whole[from + i] - part[i]) / Math.max(1, Math.abs(whole[from + i])));
        }
        return most;
    }

    @Test
    void unequalShardsAreNormalisedAsAllRowsTogetherForwardsAndBackwards() throws Exception {
        Seen whole = seen(0, ROWS, null);

        List<Seen> parts = RanksTogether.each(2, ranks -> seen(SHARDS[ranks.own()], SHARDS[ranks.own() + 1], ranks));

        for (int rank = 0; rank < 2; rank++) {
            Seen part = parts.get(rank);
            assertEquals(0, distance(whole.gradient(), SHARDS[rank] * COLUMNS, part.gradient()), 1e-12);
            assertEquals(0, distance(whole.weight(), 0, part.weight()), 1e-12);
            assertEquals(0, distance(whole.bias(), 0, part.bias()), 1e-12);
            assertEquals(0, distance(whole.mean(), 0, part.mean()), 1e-12);
            assertEquals(0, distance(whole.variance(), 0, part.variance()), 1e-12);
        }
    }

    @Test
    void shardsByThemselvesAreNormalisedInAnotherWay() {
        Seen whole = seen(0, ROWS, null);

        Seen alone = seen(SHARDS[0], SHARDS[1], null);

        assertTrue(distance(whole.gradient(), 0, alone.gradient()) > 0.01, "plain batch normalisation");
        assertTrue(distance(whole.mean(), 0, alone.mean()) > 1e-4);
    }
}
