package dev.ringside.training.export;

import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Graph;
import dev.ringside.training.learning.Predictor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Writes a predictor as one ONNX graph that takes raw columns: what its encoder does to a row is part of the file, so that
 * serving cannot do it differently.
 */
public final class OnnxExporter {
    /** What the scores' output is called, the first of these that no feature is called. */
    public static final List<String> OUTPUTS = List.of("probability", "score", "prediction", "ringside_score");

    private OnnxExporter() {}

    /** The name of the scores' output of a model of these features. */
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
        return signature(features, scores, new LinkedHashMap<>());
    }

    /**
     * The same with further outputs.
     *
     * @param others how many scores each task beside the label has, by its name
     */
    public static Signature signature(List<FeatureSpec> features, int scores, SequencedMap<String, Integer> others) {
        List<TensorSpec> outputs = new ArrayList<>();
        outputs.add(new TensorSpec(output(features), DataType.FP32, List.of(-1L, (long) scores)));
        others.forEach(
                (name, width) -> outputs.add(new TensorSpec(name, DataType.FP32, List.of(-1L, width.longValue()))));
        return new Signature(
                features.stream()
                        .map(feature -> new TensorSpec(
                                feature.name(),
                                feature.type().datatype(),
                                feature.type().shape()))
                        .toList(),
                outputs);
    }

    /** The bytes of the model file; equal predictors give equal bytes. */
    public static byte[] write(Predictor predictor, List<FeatureSpec> features) {
        return write(predictor, features, new LinkedHashMap<>());
    }

    /**
     * The same with further outputs.
     *
     * @param others how many scores each task beside the label has, by its name, in the predictor's order
     */
    public static byte[] write(Predictor predictor, List<FeatureSpec> features, SequencedMap<String, Integer> others) {
        var graph = new Graph("ringside");
        Map<String, String> inputs = new LinkedHashMap<>();
        Signature signature = signature(features, predictor.outputs(), others);
        for (TensorSpec input : signature.inputs()) {
            inputs.put(input.name(), graph.input(input.name(), input.datatype(), input.shape()));
        }
        List<TensorSpec> outputs = signature.outputs();
        outputs.forEach(output -> graph.reserve(output.name()));
        List<String> values = predictor.exportAll(graph, inputs);
        if (values.size() != outputs.size()) {
            throw new IllegalArgumentException("the predictor gives " + values.size() + " outputs, expected "
                    + outputs.stream().map(TensorSpec::name).toList());
        }
        for (int i = 0; i < values.size(); i++) {
            TensorSpec output = outputs.get(i);
            graph.output(output.name(), values.get(i), output.datatype(), output.shape());
        }
        return graph.bytes("ringside");
    }
}
