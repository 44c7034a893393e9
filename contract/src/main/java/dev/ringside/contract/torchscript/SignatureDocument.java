package dev.ringside.contract.torchscript;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a TorchScript file says of itself in {@value #FILE}, an extra file within it: TorchScript has no names of outputs,
 * no types and no shapes.
 *
 * @param inputs the arguments of {@code forward}, in their order
 * @param outputs what it returns: a tensor, or a tuple or list of tensors in their order, or a dictionary by name
 * @param translator the class of a DJL {@code TranslatorFactory} or {@code Translator} that makes tensors of texts and
 *     texts of tensors; null where tensors go in and come out
 * @param arguments what the translator is given; empty without one
 */
public record SignatureDocument(
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        @Nullable String translator,
        Map<String, Object> arguments) {
    /** Its name as {@code torch.jit.save} takes it in {@code _extra_files}. */
    public static final String FILE = "signature.json";

    /** What libtorch computes with and DJL can give it: of another type, DJL 0.36 ends the process. */
    private static final Set<DataType> TYPES = EnumSet.of(
            DataType.BOOL,
            DataType.INT8,
            DataType.INT32,
            DataType.INT64,
            DataType.UINT8,
            DataType.FP16,
            DataType.FP32,
            DataType.FP64);

    /** Checks names, types and shapes. */
    public SignatureDocument {
        var signature = new Signature(inputs, outputs);
        inputs = signature.inputs();
        outputs = signature.outputs();
        arguments = arguments == null ? Map.of() : Map.copyOf(arguments);
        if (translator == null) {
            require(arguments.isEmpty(), "arguments", "expected none without a translator, found " + arguments);
            inputs.forEach(input -> requireTensor("inputs", input));
            outputs.forEach(output -> requireTensor("outputs", output));
        } else {
            require(!translator.isBlank(), "translator", "expected the name of a class, found none");
            requireText("inputs", inputs);
            requireText("outputs", outputs);
        }
    }

    private static void requireTensor(String field, TensorSpec spec) {
        require(
                TYPES.contains(spec.datatype()),
                field + "." + spec.name(),
                "expected one of " + TYPES + ", found " + spec.datatype()
                        + (spec.datatype() == DataType.BYTES
                                ? ": TorchScript has no tensors of texts; name a translator that reads them"
                                : ", which DJL cannot give to libtorch; convert it within forward"));
    }

    private static void requireText(String field, List<TensorSpec> specs) {
        require(
                specs.size() == 1
                        && specs.getFirst().datatype() == DataType.BYTES
                        && specs.getFirst().shape().getFirst() < 0
                        && specs.getFirst().shape().stream().skip(1).allMatch(n -> n == 1),
                field,
                "expected one of datatype BYTES and shape [-1] or [-1, 1] with a translator, found " + specs);
    }

    /**
     * Reads the file.
     *
     * @throws InvalidInput naming the field, what was expected and what was found
     */
    public static SignatureDocument read(byte[] json) {
        return Json.readDocument(json, SignatureDocument.class);
    }

    /** What goes in and comes out. */
    public Signature signature() {
        return new Signature(inputs, outputs);
    }
}
