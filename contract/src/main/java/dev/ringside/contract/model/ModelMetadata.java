package dev.ringside.contract.model;

import java.util.List;

/**
 * The body of {@code GET /v2/models/{model}[/versions/{version}]} in the Open Inference Protocol v2.
 *
 * @param name the slot
 * @param versions the versions that answer, or the one that was asked for
 * @param platform what runs them, such as {@link #ONNX}
 * @param inputs what goes in
 * @param outputs what comes out
 */
public record ModelMetadata(
        String name, List<String> versions, String platform, List<TensorSpec> inputs, List<TensorSpec> outputs) {
    /** The platform of ONNX files, under Triton's name. */
    public static final String ONNX = "onnxruntime_onnx";

    /** Copies the lists. */
    public ModelMetadata {
        versions = List.copyOf(versions);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The metadata of a model with this signature. */
    public static ModelMetadata of(String name, List<String> versions, String platform, Signature signature) {
        return new ModelMetadata(name, versions, platform, signature.inputs(), signature.outputs());
    }
}
