package dev.ringside.training.network;

import dev.ringside.training.features.FeatureMatrix;
import dev.ringside.training.learning.DenseLayer;
import dev.ringside.training.learning.EpochListener;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Learned;
import dev.ringside.training.learning.Learner;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A feed-forward network with rectifiers, fitted by AdamW on shuffled batches until the validation loss stops falling;
 * the weights are those of the pass where it was least.
 */
public final class NetworkLearner implements Learner {
    private static final int ROWS_AT_ONCE = 65_536;

    private final NetworkSettings settings;

    public NetworkLearner(NetworkSettings settings) {
        this.settings = settings;
    }

    @Override
    public Learned fit(Examples train, @Nullable Examples validation, long seed, EpochListener epochs) {
        if (validation == null) {
            throw new IllegalArgumentException("a network needs validation rows to know when to stop");
        }
        Libtorch.load();
        torch.manual_seed(seed);
        EarlyStopping stopping = train(train, validation, new SplittableRandom(seed), epochs);
        List<DenseLayer> best = stopping.best();
        return new Learned(
                best, rows -> probabilities(best, rows), Map.of("best_epoch", (double) stopping.bestEpoch()));
    }

    private EarlyStopping train(Examples train, Examples validation, RandomGenerator random, EpochListener epochs) {
        var stopping = new EarlyStopping(settings.patience());
        try (PointerScope _ = new PointerScope()) {
            FeedForward network = FeedForward.of(
                            FeedForward.random(train.features().columns(), settings.hidden(), random))
                    .trainable();
            var options = new AdamWOptions(settings.learningRate());
            options.weight_decay().put(settings.weightDecay());
            var optimizer = new AdamW(network.parameters(), options);
            Tensor rows = FeedForward.tensor(train.features());
            Tensor labels = labels(train);
            Tensor watchedRows = FeedForward.tensor(validation.features());
            Tensor watchedLabels = labels(validation);
            long[] order = new long[train.size()];
            Arrays.setAll(order, i -> i);
            for (int epoch = 1; epoch <= settings.epochs() && !stopping.exhausted(); epoch++) {
                shuffle(order, random);
                double trainingLoss = pass(network, optimizer, rows, labels, order);
                double validationLoss = loss(network, watchedRows, watchedLabels);
                if (!Double.isFinite(trainingLoss) || !Double.isFinite(validationLoss)) {
                    throw new IllegalStateException("the loss is not finite in epoch " + epoch
                            + ": lower learning_rate, which is " + settings.learningRate());
                }
                stopping.observe(validationLoss, network::layers);
                epochs.epoch(epoch, settings.epochs(), trainingLoss, validationLoss);
            }
        }
        return stopping;
    }

    private double pass(FeedForward network, AdamW optimizer, Tensor rows, Tensor labels, long[] order) {
        double sum = 0;
        try (PointerScope _ = new PointerScope()) {
            Tensor shuffled = torch.tensor(order);
            for (int start = 0; start < order.length; start += settings.batch()) {
                int size = Math.min(settings.batch(), order.length - start);
                sum += size * step(network, optimizer, rows, labels, shuffled, start, size);
            }
        }
        return sum / order.length;
    }

    private double step(
            FeedForward network, AdamW optimizer, Tensor rows, Tensor labels, Tensor order, int start, int size) {
        try (PointerScope _ = new PointerScope()) {
            Tensor batch = order.narrow(0, start, size);
            Tensor logits = network.logits(rows.index_select(0, batch), settings.dropout());
            Tensor loss = torch.binary_cross_entropy_with_logits(logits, labels.index_select(0, batch));
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            return loss.item_double();
        }
    }

    private static double loss(FeedForward network, Tensor rows, Tensor labels) {
        try (PointerScope _ = new PointerScope()) {
            return torch.binary_cross_entropy_with_logits(network.frozen().logits(rows, 0), labels)
                    .item_double();
        }
    }

    private static double[] probabilities(List<DenseLayer> layers, FeatureMatrix rows) {
        double[] scores = new double[rows.rows()];
        try (PointerScope _ = new PointerScope()) {
            FeedForward network = FeedForward.of(layers);
            Tensor all = FeedForward.tensor(rows);
            for (int start = 0; start < scores.length; start += ROWS_AT_ONCE) {
                int size = Math.min(ROWS_AT_ONCE, scores.length - start);
                try (PointerScope _ = new PointerScope()) {
                    float[] part = FeedForward.floats(torch.sigmoid(network.logits(all.narrow(0, start, size), 0)));
                    for (int i = 0; i < size; i++) {
                        scores[start + i] = part[i];
                    }
                }
            }
        }
        return scores;
    }

    private static Tensor labels(Examples examples) {
        float[] labels = new float[examples.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = examples.labels()[i] ? 1 : 0;
        }
        return FeedForward.tensor(labels, labels.length);
    }

    private static void shuffle(long[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            long swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
