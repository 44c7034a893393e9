package dev.ringside.training.conversion;

import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.Arrays;
import java.util.List;

/** How sums of leaves become what a model answers. */
enum Link {
    /** The sum itself. */
    IDENTITY("prediction"),
    /** The probability whose logit the sum is, of each output by itself. */
    LOGISTIC("probability"),
    /** Probabilities that sum to one. */
    SOFTMAX("probability"),
    /** Its exponential, of models of a logarithm. */
    EXPONENTIAL("prediction"),
    /** log(1 + exp(sum)), of LightGBM's cross_entropy_lambda. */
    SOFTPLUS("prediction"),
    /** sign(sum) · sum², of LightGBM's regression that was fitted to square roots. */
    SIGNED_SQUARE("prediction");

    private final String output;

    Link(String output) {
        this.output = output;
    }

    /** What the output is called. */
    String output() {
        return output;
    }

    /** What a row's sums become. */
    double[] apply(double[] sums) {
        if (this == SOFTMAX) {
            double most = Arrays.stream(sums).max().orElse(0);
            double[] powers =
                    Arrays.stream(sums).map(sum -> StrictMath.exp(sum - most)).toArray();
            double all = Arrays.stream(powers).sum();
            return Arrays.stream(powers).map(power -> power / all).toArray();
        }
        return Arrays.stream(sums).map(this::apply).toArray();
    }

    private double apply(double sum) {
        return switch (this) {
            case IDENTITY, SOFTMAX -> sum;
            case LOGISTIC -> 1 / (1 + StrictMath.exp(-sum));
            case EXPONENTIAL -> StrictMath.exp(sum);
            case SOFTPLUS -> StrictMath.log1p(StrictMath.exp(sum));
            case SIGNED_SQUARE -> Math.signum(sum) * sum * sum;
        };
    }

    /** Writes itself behind the sums, shape [rows, outputs]; the name of what it gives. */
    String write(Graph graph, String sums) {
        return switch (this) {
            case IDENTITY -> sums;
            case LOGISTIC -> graph.node("Sigmoid", "sigmoid", List.of(sums));
            case SOFTMAX -> graph.node("Softmax", "softmax", List.of(sums), Attributes.of("axis", 1));
            case EXPONENTIAL -> graph.node("Exp", "exponential", List.of(sums));
            // Of LightGBM alone, so of FP64, for which ONNX Runtime has no Softplus.
            case SOFTPLUS -> {
                String power = graph.node("Exp", "exponential", List.of(sums));
                String more = graph.node("Add", "more", List.of(power, graph.constant("one", 1.0)));
                yield graph.node("Log", "softplus", List.of(more));
            }
            case SIGNED_SQUARE -> graph.node("Mul", "square", List.of(sums, graph.node("Abs", "size", List.of(sums))));
        };
    }
}
