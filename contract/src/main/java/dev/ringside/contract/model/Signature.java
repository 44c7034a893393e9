package dev.ringside.contract.model;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.InvalidInput;
import java.util.List;

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
     * the slot's outputs are among its own, types are equal and shapes compatible.
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
}
