package dev.ringside.training.export;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.features.Encoding;
import dev.ringside.training.learning.DenseLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a model as one ONNX graph that takes raw columns: what the encoder does to a row is part of the file, so that
 * serving cannot do it differently.
 */
public final class OnnxExporter {
    /** The name of the one output: the probability of a positive, FP32, one a row. */
    public static final String OUTPUT = "probability";

    private static final List<Long> COLUMN = List.of(-1L, 1L);

    private OnnxExporter() {}

    /** What the graph takes and gives: a column for each feature, and the probability. */
    public static Signature signature(Encoder encoder) {
        return signature(encoder.features());
    }

    /** What a model of these features takes and gives, known before it is fitted. */
    public static Signature signature(List<FeatureSpec> features) {
        return new Signature(
                features.stream()
                        .map(feature ->
                                new TensorSpec(feature.name(), feature.type().datatype(), COLUMN))
                        .toList(),
                List.of(new TensorSpec(OUTPUT, DataType.FP32, COLUMN)));
    }

    /** The bytes of the model file; equal encoders and layers give equal bytes. */
    public static byte[] write(Encoder encoder, List<DenseLayer> layers) {
        var graph = new OnnxGraph("ringside");
        for (TensorSpec input : signature(encoder).inputs()) {
            graph.input(input.name(), input.datatype());
        }
        List<String> encoded = new ArrayList<>();
        for (Encoding encoding : encoder.encodings()) {
            encoded.add(
                    switch (encoding) {
                        case Encoding.Standardised standardised -> standardise(graph, standardised);
                        case Encoding.OneHot oneHot -> lookUp(graph, oneHot);
                    });
        }
        String values = graph.node("Concat", "encoded", encoded, OnnxGraph.attribute("axis", 1));
        for (int i = 0; i < layers.size(); i++) {
            values = dense(graph, layers.get(i), "layer" + (i + 1), values);
            if (i < layers.size() - 1) {
                values = graph.node("Relu", "layer" + (i + 1) + "/rectified", List.of(values));
            }
        }
        graph.node("Sigmoid", OUTPUT, List.of(values));
        graph.output(OUTPUT, DataType.FP32);
        return graph.bytes("ringside");
    }

    private static String standardise(OnnxGraph graph, Encoding.Standardised encoding) {
        String name = encoding.feature().name();
        String raw = switch (encoding.feature().type()) {
            case NUMBER -> name;
            case INTEGER ->
                graph.node(
                        "Cast",
                        name + "/float",
                        List.of(name),
                        OnnxGraph.attribute("to", TensorProto.DataType.FLOAT.getNumber()));
            case CATEGORY -> throw new IllegalArgumentException(name + " is a category, expected a number");
        };
        String mean = graph.constant(name + "/mean", new float[] {encoding.mean()}, 1);
        String deviation = graph.constant(name + "/deviation", new float[] {encoding.deviation()}, 1);
        String centred = graph.node("Sub", name + "/centred", List.of(raw, mean));
        return graph.node("Div", name + "/standardised", List.of(centred, deviation));
    }

    private static String lookUp(OnnxGraph graph, Encoding.OneHot encoding) {
        String name = encoding.feature().name();
        // zeros = 1: a text outside the vocabulary is all zeros, not an error. [rows, 1] becomes [rows, 1, texts].
        String places = graph.node(
                OnnxGraph.ML,
                "OneHotEncoder",
                name + "/places",
                List.of(name),
                OnnxGraph.attribute("cats_strings", encoding.vocabulary()),
                OnnxGraph.attribute("zeros", 1));
        String axis = graph.constant(name + "/axis", 1L);
        return graph.node("Squeeze", name + "/one-hot", List.of(places, axis));
    }

    private static String dense(OnnxGraph graph, DenseLayer layer, String name, String input) {
        String weights = graph.constant(name + "/weights", layer.weights(), layer.outputs(), layer.inputs());
        String bias = graph.constant(name + "/bias", layer.bias(), layer.outputs());
        return graph.node("Gemm", name, List.of(input, weights, bias), OnnxGraph.attribute("transB", 1));
    }
}
