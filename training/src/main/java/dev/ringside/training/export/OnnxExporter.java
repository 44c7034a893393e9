package dev.ringside.training.export;

import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Graph;
import dev.ringside.training.learning.Predictor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a predictor as one ONNX graph that takes raw columns: what its encoder does to a row is part of the file, so that
 * serving cannot do it differently.
 */
public final class OnnxExporter {
    /** What the one output is called, the first of these that no feature is called: the scores, FP32. */
    private static final List<String> OUTPUTS = List.of("probability", "score", "prediction", "ringside_score");

    private OnnxExporter() {}

    /** The name of the one output of a model of these features. */
    public static String output(List<FeatureSpec> features) {
        return OUTPUTS.stream()
                .filter(name ->
                        features.stream().noneMatch(feature -> feature.name().equals(name)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("features have all of the names " + OUTPUTS
                        + ", of which the output needs one: rename one in the source query"));
    }

    /**
     * What a model of these features takes and gives, known before it is fitted.
     *
     * @param scores how many scores a row has
     */
    public static Signature signature(List<FeatureSpec> features, int scores) {
        return new Signature(
                features.stream()
                        .map(feature -> new TensorSpec(
                                feature.name(),
                                feature.type().datatype(),
                                feature.type().shape()))
                        .toList(),
                List.of(new TensorSpec(output(features), DataType.FP32, List.of(-1L, (long) scores))));
    }

    /** The bytes of the model file; equal predictors give equal bytes. */
    public static byte[] write(Predictor predictor, List<FeatureSpec> features) {
        var graph = new Graph("ringside");
        Map<String, String> inputs = new LinkedHashMap<>();
        Signature signature = signature(features, predictor.outputs());
        for (TensorSpec input : signature.inputs()) {
            inputs.put(input.name(), graph.input(input.name(), input.datatype(), input.shape()));
        }
        TensorSpec output = signature.outputs().getFirst();
        graph.reserve(output.name());
        graph.output(output.name(), predictor.export(graph, inputs), output.datatype(), output.shape());
        return graph.bytes("ringside");
    }
}
