package dev.ringside.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.engine.ModelFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;

/**
 * The signature that an ONNX file declares. Every input must be of a type and shape that can be fed. Outputs of other
 * kinds, such as the maps that converters add for people, are left out as long as one remains.
 */
final class OnnxSignature {
    private OnnxSignature() {}

    static Signature of(OrtSession session) throws ModelFailure {
        try {
            var inputs = new ArrayList<TensorSpec>();
            for (NodeInfo input : session.getInputInfo().values()) {
                inputs.add(spec(input).orElseThrow(() -> unusable("input", input)));
            }
            var outputs = new ArrayList<TensorSpec>();
            for (NodeInfo output : session.getOutputInfo().values()) {
                spec(output).ifPresent(outputs::add);
            }
            if (inputs.isEmpty()) {
                throw new ModelFailure("the file has no input");
            }
            if (outputs.isEmpty()) {
                throw unusable(
                        "output", session.getOutputInfo().values().iterator().next());
            }
            return new Signature(inputs, outputs);
        } catch (OrtException e) {
            throw new ModelFailure("ONNX Runtime cannot read the file's signature: " + e.getMessage(), e);
        }
    }

    private static Optional<TensorSpec> spec(NodeInfo node) {
        if (node.getInfo() instanceof TensorInfo info && info.getShape().length > 0) {
            return OnnxTypes.of(info)
                    .map(type -> new TensorSpec(
                            node.getName(),
                            type,
                            Arrays.stream(info.getShape()).boxed().toList()));
        }
        return Optional.empty();
    }

    private static ModelFailure unusable(String kind, NodeInfo node) {
        String found = node.getInfo() instanceof TensorInfo info
                ? OnnxTypes.words(info) + " with shape " + Arrays.toString(info.getShape())
                : node.getInfo().getClass().getSimpleName();
        return new ModelFailure("the file's " + kind + " '" + node.getName() + "' is " + found + ", expected "
                + DataType.names() + " with at least one dimension");
    }
}
