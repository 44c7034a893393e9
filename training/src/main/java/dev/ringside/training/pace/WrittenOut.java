package dev.ringside.training.pace;

import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.network.Activation;
import dev.ringside.training.network.NetworkSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A network of rectifiers that predicts a probability, written out against libtorch for rows of one shape: what a pass
 * takes without the trainer around it. Numbers and one-hot places lie side by side in one tensor; embedded numbers go
 * through their bins and a map. It trains nothing that is kept.
 *
 * <p>What it makes belongs to the {@code PointerScope} in which it is made.
 */
final class WrittenOut {
    private final NetworkSettings settings;
    private final Tensor fixed;
    private final Tensor embedded;
    private final Tensor targets;
    private final int rows;
    private final Tensor left;
    private final Tensor widths;
    private final Tensor map;
    private final Tensor shift;
    private final List<Tensor> weights = new ArrayList<>();
    private final List<Tensor> biases = new ArrayList<>();
    private final AdamW optimizer;
    private final boolean embeds;

    /**
     * @param settings rectifiers without normalisation, residuals and members
     * @param examples numbers, places, and numbers that are embedded in as many dimensions each
     */
    WrittenOut(NetworkSettings settings, Examples examples) {
        if (settings.batchNorm()
                || settings.residual()
                || settings.members() > 1
                || settings.clip() > 0
                || settings.focal() > 0
                || settings.activation() != Activation.Kind.RELU) {
            throw new IllegalArgumentException(
                    "expected rectifiers, and neither normalisation, residuals, members, clipping nor focal loss; found "
                            + settings);
        }
        this.settings = settings;
        rows = examples.size();
        Encoded encoded = examples.features();
        List<Integer> piecewise = new ArrayList<>();
        int width = 0;
        int dimensions = 1;
        int bins = 1;
        for (int i = 0; i < encoded.parts().size(); i++) {
            switch (encoded.parts().get(i)) {
                case Part.Numbers(int numbers) -> width += numbers;
                case Part.OneHot(int places) -> width += places;
                case Part.Piecewise(float[] edges, int of) -> {
                    piecewise.add(i);
                    dimensions = of;
                    bins = Math.max(bins, edges.length - 1);
                }
                case Part.Embedded _, Part.Periodic _, Part.Steps _, Part.EmbeddedSteps _ ->
                    throw new IllegalArgumentException("expected numbers, one-hot places and piecewise embeddings");
            }
        }
        embeds = !piecewise.isEmpty();
        fixed = tensor(fixed(encoded, width), rows, width);
        embedded = tensor(numbers(encoded, piecewise), rows, Math.max(1, piecewise.size()));
        float[] wanted = new float[rows];
        for (int i = 0; i < rows; i++) {
            wanted[i] = (float) examples.targets()[i];
        }
        targets = tensor(wanted, rows);
        var random = new SplittableRandom(1);
        int features = Math.max(1, piecewise.size());
        float[] lower = new float[features * bins];
        float[] spans = new float[features * bins];
        Arrays.fill(lower, Float.MAX_VALUE / 4); // bins that a feature has not are reached by no number
        Arrays.fill(spans, 1);
        for (int i = 0; i < piecewise.size(); i++) {
            if (encoded.parts().get(piecewise.get(i)) instanceof Part.Piecewise(float[] edges, int _)) {
                for (int bin = 0; bin + 1 < edges.length; bin++) {
                    lower[i * bins + bin] = edges[bin];
                    spans[i * bins + bin] = edges[bin + 1] - edges[bin];
                }
            }
        }
        left = tensor(lower, 1, features, bins);
        widths = tensor(spans, 1, features, bins);
        map = trained(random, bins, features, bins, dimensions);
        shift = trained(random, bins, features, dimensions);
        int inputs = width + piecewise.size() * dimensions;
        for (int outputs : settings.hidden()) {
            weights.add(trained(random, inputs, outputs, inputs));
            biases.add(trained(random, inputs, outputs));
            inputs = outputs;
        }
        weights.add(trained(random, inputs, 1, inputs));
        biases.add(trained(random, inputs, 1));
        var all = new TensorVector();
        if (embeds) {
            all.push_back(map);
            all.push_back(shift);
        }
        for (int i = 0; i < weights.size(); i++) {
            all.push_back(weights.get(i));
            all.push_back(biases.get(i));
        }
        var options = new AdamWOptions(settings.learningRate());
        options.weight_decay().put(settings.weightDecay());
        optimizer = new AdamW(all, options);
    }

    /** One pass over the rows in an order; the mean log loss during it. */
    double pass(int[] order) {
        double sum = 0;
        try (PointerScope _ = new PointerScope()) {
            Tensor shuffled = torch.tensor(order);
            for (int start = 0; start < rows; start += settings.batch()) {
                int size = Math.min(settings.batch(), rows - start);
                try (PointerScope _ = new PointerScope()) {
                    Tensor places = shuffled.narrow(0, start, size);
                    Tensor logits = logits(fixed.index_select(0, places), embedded.index_select(0, places));
                    Tensor loss =
                            torch.binary_cross_entropy_with_logits(logits.squeeze(1), targets.index_select(0, places));
                    optimizer.zero_grad();
                    loss.backward();
                    optimizer.step();
                    sum += size * loss.item_double();
                }
            }
        }
        return sum / rows;
    }

    private Tensor logits(Tensor others, Tensor numbers) {
        Tensor values = others;
        if (embeds) {
            Tensor through = torch.clamp(
                    numbers.unsqueeze(2).sub(left).div(widths),
                    new ScalarOptional(new Scalar(0.0)),
                    new ScalarOptional(new Scalar(1.0)));
            Tensor vectors = torch.relu(
                    torch.einsum("bfn,fnd->bfd", new TensorVector(through, map)).add(shift));
            values = torch.cat(new TensorVector(others, vectors.flatten(1, 2)), 1);
        }
        int last = weights.size() - 1;
        for (int i = 0; i < last; i++) {
            values = torch.relu(torch.linear(values, weights.get(i), new TensorOptional(biases.get(i))));
            if (settings.dropout() > 0) {
                values = torch.dropout(values, settings.dropout(), true);
            }
        }
        return torch.linear(values, weights.get(last), new TensorOptional(biases.get(last)));
    }

    private static float[] fixed(Encoded encoded, int width) {
        float[] values = new float[Math.multiplyExact(encoded.rows(), width)];
        int offset = 0;
        for (int i = 0; i < encoded.parts().size(); i++) {
            Block block = encoded.blocks().get(i);
            switch (encoded.parts().get(i)) {
                case Part.Numbers(int numbers) -> {
                    if (block instanceof Block.Dense(int _, float[] of)) {
                        for (int row = 0; row < encoded.rows(); row++) {
                            System.arraycopy(of, row * numbers, values, row * width + offset, numbers);
                        }
                    }
                    offset += numbers;
                }
                case Part.OneHot(int places) -> {
                    if (block instanceof Block.Index(int[] of)) {
                        for (int row = 0; row < encoded.rows(); row++) {
                            if (of[row] >= 0) {
                                values[row * width + offset + of[row]] = 1;
                            }
                        }
                    }
                    offset += places;
                }
                case Part.Piecewise _, Part.Embedded _, Part.Periodic _, Part.Steps _, Part.EmbeddedSteps _ -> {}
            }
        }
        return values;
    }

    private static float[] numbers(Encoded encoded, List<Integer> parts) {
        int width = Math.max(1, parts.size());
        float[] values = new float[encoded.rows() * width];
        for (int i = 0; i < parts.size(); i++) {
            if (encoded.blocks().get(parts.get(i)) instanceof Block.Dense(int _, float[] numbers)) {
                for (int row = 0; row < encoded.rows(); row++) {
                    values[row * width + i] = numbers[row];
                }
            }
        }
        return values;
    }

    private static Tensor trained(SplittableRandom random, int inputs, long... shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        double bound = 1 / StrictMath.sqrt(inputs);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return tensor(values, shape).requires_grad_();
    }

    private static Tensor tensor(float[] values, long... shape) {
        return torch.from_blob(new FloatPointer(values), shape).clone();
    }
}
