package dev.ringside.training.network;

import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A fully connected layer: outputs = inputs × weightsᵀ + bias, both drawn evenly from ±1/√inputs to begin with.
 *
 * @param name its parameters' prefix
 * @param inputs how many numbers it takes
 * @param outputs how many numbers it gives
 */
record Linear(String name, int inputs, int outputs) implements Layer {
    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        double bound = 1 / StrictMath.sqrt(inputs);
        weights.put(name + ".weight", even(random, bound, Math.multiplyExact(outputs, inputs)), true, outputs, inputs);
        weights.put(name + ".bias", even(random, bound, outputs), true, outputs);
    }

    /** Weights [outputs, inputs] as [inputs, outputs]. */
    static float[] turned(float[] values, int outputs, int inputs) {
        float[] turned = new float[values.length];
        for (int from = 0; from < inputs; from++) {
            for (int to = 0; to < outputs; to++) {
                turned[from * outputs + to] = values[to * inputs + from];
            }
        }
        return turned;
    }

    static float[] even(RandomGenerator random, double bound, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return values;
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters, boolean training) {
        return torch.linear(rows, parameters.get(name + ".weight"), new TensorOptional(parameters.get(name + ".bias")));
    }

    @Override
    public String export(Graph graph, String rows, Weights weights) {
        String factors =
                graph.constant(name + "/weights", weights.get(name + ".weight").values(), outputs, inputs);
        String bias = graph.constant(name + "/bias", weights.get(name + ".bias").values(), outputs);
        return graph.node("Gemm", name, List.of(rows, factors, bias), Attributes.of("transB", 1));
    }
}
