package dev.ringside.contract.model;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.InvalidInput;
import java.util.List;
import java.util.Optional;

/**
 * What goes into a model and what comes out.
 *
 * @param inputs by name; a slot's version may leave out inputs that it has no use for
 * @param outputs by name; a slot's version must have all of the slot's
 */
public record Signature(List<TensorSpec> inputs, List<TensorSpec> outputs) {
    /** Copies the lists; names must be different. */
    public Signature {
        require(inputs != null && !inputs.isEmpty(), "inputs", "missing: expected at least one");
        require(outputs != null && !outputs.isEmpty(), "outputs", "missing: expected at least one");
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        distinct("inputs", inputs);
        distinct("outputs", outputs);
    }

    private static void distinct(String field, List<TensorSpec> specs) {
        long names = specs.stream().map(TensorSpec::name).distinct().count();
        require(names == specs.size(), field, "two have the same name");
    }

    /**
     * Checks that a version with this signature can enter a slot with that one: its inputs are among the slot's, all of
     * the slot's outputs are among its own, types are equal and shapes compatible; an input may not be narrower than the
     * slot's, or requests that the slot admits would fail in this version alone.
     *
     * @throws InvalidInput naming the tensor, what the slot expects and what the version has
     */
    public void requireFits(Signature slot) {
        for (TensorSpec input : inputs) {
            TensorSpec declared = slot.inputs.stream()
                    .filter(s -> s.name().equals(input.name()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInput(
                            "inputs",
                            "the version reads '" + input.name() + "', which the slot does not declare; it has "
                                    + slot.inputs.stream().map(TensorSpec::name).toList()));
            declared.requireMatches("inputs." + input.name(), input);
            declared.requireAsWide("inputs." + input.name(), input);
        }
        for (TensorSpec declared : slot.outputs) {
            TensorSpec output = outputs.stream()
                    .filter(s -> s.name().equals(declared.name()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInput(
                            "outputs",
                            "the slot promises '" + declared.name() + "', which the version does not give; it has "
                                    + outputs.stream().map(TensorSpec::name).toList()));
            declared.requireMatches("outputs." + declared.name(), output);
        }
    }

    /**
     * Checks that this signature, as a manifest has it, is true of a file with that one: the file reads exactly these
     * inputs, as wide as they are here, and gives at least these outputs.
     *
     * @throws InvalidInput naming the tensor, what the manifest says and what the file says
     */
    public void requireTrueOf(Signature file) {
        for (TensorSpec input : file.inputs) {
            require(
                    find(inputs, input.name()).isPresent(),
                    "inputs",
                    "the file reads '" + input.name() + "', the manifest names " + names(inputs));
        }
        for (TensorSpec input : inputs) {
            TensorSpec found = ofFile("inputs", input, file.inputs);
            for (int i = 0; i < input.shape().size(); i++) {
                require(
                        input.shape().get(i) >= 0 || found.shape().get(i) < 0,
                        "inputs." + input.name(),
                        "is " + input.shape() + " in the manifest, and the file takes only " + found.shape());
            }
        }
        for (TensorSpec output : outputs) {
            ofFile("outputs", output, file.outputs);
        }
    }

    private static TensorSpec ofFile(String field, TensorSpec expected, List<TensorSpec> file) {
        TensorSpec found = find(file, expected.name())
                .orElseThrow(() -> new InvalidInput(
                        field, "the manifest names '" + expected.name() + "', the file has " + names(file)));
        require(
                expected.datatype() == found.datatype(),
                field + "." + expected.name(),
                "is " + expected.datatype() + " in the manifest, " + found.datatype() + " in the file");
        require(
                expected.isCompatible(found),
                field + "." + expected.name(),
                "has shape " + expected.shape() + " in the manifest, " + found.shape() + " in the file");
        return found;
    }

    private static Optional<TensorSpec> find(List<TensorSpec> specs, String name) {
        return specs.stream().filter(spec -> spec.name().equals(name)).findFirst();
    }

    private static List<String> names(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::name).toList();
    }
}
