package dev.ringside.serving.verification;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.TensorSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inputs that a version reads, picked from what a client sends. What the slot declares and the version does not read
 * is left alone: the other arms may read it.
 */
public final class Inputs {
    private final String label;
    private final List<TensorSpec> read;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<String> declared;

    /**
     * @param label what complaints begin with
     * @param read what the version reads
     * @param slot what the slot declares, and clients may therefore send
     */
    public Inputs(String label, List<TensorSpec> read, List<TensorSpec> slot) {
        this.label = label;
        this.read = read;
        for (int i = 0; i < read.size(); i++) {
            places.put(read.get(i).name(), i);
        }
        this.declared = slot.stream().map(TensorSpec::name).toList();
    }

    /**
     * Picks the version's inputs, in its order.
     *
     * @throws InferenceFailure {@code MALFORMED} naming the tensor, what was expected and what came
     */
    public List<Tensor> of(List<Tensor> given) {
        @Nullable Tensor[] picked = new Tensor[read.size()];
        for (Tensor tensor : given) {
            Integer place = places.get(tensor.name());
            if (place != null) {
                picked[place] = tensor;
            } else if (!declared.contains(tensor.name())) {
                throw malformed("input '" + tensor.name() + "' is unknown, expected " + declared);
            }
        }
        @Nullable Tensor first = null;
        Tensor[] inputs = new Tensor[picked.length];
        for (int i = 0; i < picked.length; i++) {
            TensorSpec spec = read.get(i);
            Tensor tensor = checked(spec, picked[i]);
            inputs[i] = tensor;
            if (spec.shape().getFirst() < 0) {
                if (first == null) {
                    first = tensor;
                } else if (!tensor.shape().getFirst().equals(first.shape().getFirst())) {
                    throw malformed("input '" + tensor.name() + "' has "
                            + tensor.shape().getFirst() + " rows, input '" + first.name() + "' has "
                            + first.shape().getFirst());
                }
            }
        }
        return Arrays.asList(inputs);
    }

    private Tensor checked(TensorSpec spec, @Nullable Tensor tensor) {
        if (tensor == null) {
            throw malformed("input '" + spec.name() + "' is missing, expected " + spec.datatype() + " with shape "
                    + spec.shape());
        }
        if (tensor.datatype() != spec.datatype()) {
            throw malformed("input '" + spec.name() + "' is " + tensor.datatype() + ", expected " + spec.datatype());
        }
        if (!spec.admits(tensor.shape())) {
            throw malformed("input '" + spec.name() + "' has shape " + tensor.shape() + ", expected " + spec.shape());
        }
        return tensor;
    }

    private InferenceFailure malformed(String rule) {
        return new InferenceFailure(Cause.MALFORMED, label + ": " + rule);
    }
}
