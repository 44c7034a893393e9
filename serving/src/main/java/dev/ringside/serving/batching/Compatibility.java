package dev.ringside.serving.batching;

import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What requests have in common that may be run together.
 *
 * @param inputs names, types and dimensions after the first, in order
 * @param outputs what is wanted, in order
 */
record Compatibility(List<Input> inputs, List<String> outputs) {
    record Input(String name, DataType type, List<Long> rest) {}

    static Compatibility of(BatchRequest request) {
        var inputs = new ArrayList<Input>(request.inputs().size());
        for (Tensor input : request.inputs()) {
            List<Long> shape = input.shape();
            inputs.add(new Input(input.name(), input.datatype(), shape.subList(1, shape.size())));
        }
        return new Compatibility(inputs, request.outputs());
    }
}
