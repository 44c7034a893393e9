package dev.ringside.training.network;

import dev.ringside.training.features.FeatureMatrix;
import dev.ringside.training.learning.DenseLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The network's tensors. They belong to the {@code PointerScope} in which they were made. */
final class FeedForward {
    private final List<Tensor> weights;
    private final List<Tensor> biases;

    private FeedForward(List<Tensor> weights, List<Tensor> biases) {
        this.weights = weights;
        this.biases = biases;
    }

    /** A network with weights and biases drawn evenly from ±1/√inputs, as PyTorch's own layers begin. */
    static List<DenseLayer> random(int inputs, List<Integer> hidden, RandomGenerator random) {
        List<DenseLayer> layers = new ArrayList<>();
        int from = inputs;
        for (int to : concat(hidden)) {
            double bound = 1 / StrictMath.sqrt(from);
            float[] weights = new float[from * to];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) random.nextDouble(-bound, bound);
            }
            float[] bias = new float[to];
            for (int i = 0; i < to; i++) {
                bias[i] = (float) random.nextDouble(-bound, bound);
            }
            layers.add(new DenseLayer(from, to, weights, bias));
            from = to;
        }
        return layers;
    }

    private static List<Integer> concat(List<Integer> hidden) {
        List<Integer> outputs = new ArrayList<>(hidden);
        outputs.add(1);
        return outputs;
    }

    static FeedForward of(List<DenseLayer> layers) {
        return new FeedForward(
                layers.stream()
                        .map(layer -> tensor(layer.weights(), layer.outputs(), layer.inputs()))
                        .toList(),
                layers.stream()
                        .map(layer -> tensor(layer.bias(), layer.outputs()))
                        .toList());
    }

    /** The same tensors, of which gradients are kept. */
    FeedForward trainable() {
        weights.forEach(Tensor::requires_grad_);
        biases.forEach(Tensor::requires_grad_);
        return this;
    }

    /** The same values, of which no gradients are kept. */
    FeedForward frozen() {
        return new FeedForward(
                weights.stream().map(Tensor::detach).toList(),
                biases.stream().map(Tensor::detach).toList());
    }

    TensorVector parameters() {
        var all = new TensorVector();
        for (int i = 0; i < weights.size(); i++) {
            all.push_back(weights.get(i));
            all.push_back(biases.get(i));
        }
        return all;
    }

    /** One logit a row; with dropout above 0, as during training. */
    Tensor logits(Tensor rows, double dropout) {
        Tensor values = rows;
        for (int i = 0; i < weights.size(); i++) {
            values = torch.linear(values, weights.get(i), new TensorOptional(biases.get(i)));
            if (i < weights.size() - 1) {
                values = torch.relu(values);
                values = dropout > 0 ? torch.dropout(values, dropout, true) : values;
            }
        }
        return values.squeeze(1);
    }

    /** Copies the present values out of native memory. */
    List<DenseLayer> layers() {
        List<DenseLayer> layers = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            int outputs = (int) weights.get(i).size(0);
            int inputs = (int) weights.get(i).size(1);
            layers.add(new DenseLayer(inputs, outputs, floats(weights.get(i)), floats(biases.get(i))));
        }
        return layers;
    }

    static Tensor tensor(FeatureMatrix matrix) {
        return tensor(matrix.values(), matrix.rows(), matrix.columns());
    }

    static Tensor tensor(float[] values, long... shape) {
        // from_blob borrows the memory, the clone owns its own.
        return torch.from_blob(new FloatPointer(values), shape).clone();
    }

    static float[] floats(Tensor tensor) {
        float[] values = new float[(int) tensor.numel()];
        tensor.contiguous().data_ptr_float().get(values);
        return values;
    }
}
