package dev.ringside.contract.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code GET /v2/models/{model}[/versions/{version}]} in the Open Inference Protocol v2.
 *
 * @param name the slot
 * @param versions the versions that answer, or the one that was asked for
 * @param platform what runs them, such as {@link #ONNX}
 * @param inputs what goes in
 * @param outputs what comes out
 * @param parameters the parameters that a request may carry, each with what it means; null if the server does not say
 */
public record ModelMetadata(
        String name,
        List<String> versions,
        String platform,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        @Nullable Map<String, String> parameters) {
    /** The platform of ONNX files, under Triton's name. */
    public static final String ONNX = "onnxruntime_onnx";

    /** The platform of TorchScript files, under Triton's name. */
    public static final String TORCHSCRIPT = "pytorch_libtorch";

    /** Copies the lists. */
    public ModelMetadata {
        versions = List.copyOf(versions);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        parameters = parameters == null ? null : Map.copyOf(parameters);
    }

    /** The metadata of a model with this signature. */
    public static ModelMetadata of(String name, List<String> versions, String platform, Signature signature) {
        return new ModelMetadata(name, versions, platform, signature.inputs(), signature.outputs(), null);
    }

    /** The same, with what a request's parameters mean. */
    public ModelMetadata withParameters(Map<String, String> meanings) {
        return new ModelMetadata(name, versions, platform, inputs, outputs, meanings);
    }
}
