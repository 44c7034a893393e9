package dev.ringside.training.network;

import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A non-linear function of each number.
 *
 * @param kind which one
 * @param outputs how many numbers a row
 */
public record Activation(Kind kind, int outputs) implements Layer {
    /** The functions. */
    public enum Kind {
        /** max(0, x). */
        RELU,
        /** x, or x/100 below 0. */
        LEAKY_RELU,
        /** x, or eˣ − 1 below 0 (Clevert et al. 2016). */
        ELU,
        /** A scaled {@link #ELU} that keeps mean and variance (Klambauer et al. 2017). */
        SELU,
        /** x·σ(x) (Ramachandran et al. 2017). */
        SILU,
        /** The hyperbolic tangent. */
        TANH,
        /** The logistic function. */
        SIGMOID;

        /** As a document writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public void initialise(Weights weights, RandomGenerator random) {}

    @Override
    public Tensor forward(Tensor rows, Parameters parameters, boolean training) {
        return switch (kind) {
            case RELU -> torch.relu(rows);
            case LEAKY_RELU -> torch.leaky_relu(rows, new Scalar(0.01));
            case ELU -> torch.elu(rows);
            case SELU -> torch.selu(rows);
            case SILU -> torch.silu(rows);
            case TANH -> torch.tanh(rows);
            case SIGMOID -> torch.sigmoid(rows);
        };
    }

    @Override
    public String export(Graph graph, String rows, Weights weights) {
        return switch (kind) {
            case RELU -> graph.node("Relu", "rectified", List.of(rows));
            case LEAKY_RELU -> graph.node("LeakyRelu", "leaky", List.of(rows), Attributes.of("alpha", 0.01f));
            case ELU -> graph.node("Elu", "elu", List.of(rows), Attributes.of("alpha", 1f));
            case SELU -> graph.node("Selu", "selu", List.of(rows));
            case SILU -> graph.node("Mul", "silu", List.of(rows, graph.node("Sigmoid", "gate", List.of(rows))));
            case TANH -> graph.node("Tanh", "tanh", List.of(rows));
            case SIGMOID -> graph.node("Sigmoid", "sigmoid", List.of(rows));
        };
    }
}
