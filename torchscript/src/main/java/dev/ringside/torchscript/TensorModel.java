package dev.ringside.torchscript;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.torchscript.RawTensor;
import dev.ringside.contract.torchscript.SignatureDocument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model that is given tensors and gives tensors. All that a run takes outside the heap is freed before it returns. */
final class TensorModel implements OpenModel {
    private final Model model;
    private final List<TensorSpec> outputs;

    /** @param model closed with this */
    TensorModel(Model model, SignatureDocument signature) {
        this.model = model;
        this.outputs = signature.outputs();
    }

    @Override
    public List<RawTensor> run(List<RawTensor> inputs) throws ModelRefused {
        try (NDManager memory = model.getNDManager().newSubManager()) {
            var given = new NDList(inputs.size());
            for (RawTensor input : inputs) {
                given.add(NativeTensors.toNative(memory, input));
            }
            // The engine attaches what a run makes to whatever its first input belongs to.
            NDList found = model.getBlock().forward(new ParameterStore(memory, false), given, false);
            found.attach(memory);
            return named(found);
        } catch (RuntimeException e) {
            throw new ModelRefused(NativeWords.of(e), e);
        }
    }

    private List<RawTensor> named(NDList found) throws ModelRefused {
        boolean byName = found.stream().allMatch(array -> array.getName() != null);
        if (!byName && found.size() != outputs.size()) {
            throw new ModelRefused("forward returns " + found.size() + " tensors, " + SignatureDocument.FILE + " names "
                    + outputs.size() + " outputs: "
                    + outputs.stream().map(TensorSpec::name).toList());
        }
        var named = new ArrayList<RawTensor>(outputs.size());
        for (int i = 0; i < outputs.size(); i++) {
            TensorSpec output = outputs.get(i);
            NDArray array = byName ? byName(found, output.name()) : found.get(i);
            if (array == null) {
                throw new ModelRefused("forward returns a dictionary without '" + output.name() + "', with "
                        + found.stream().map(NDArray::getName).toList());
            }
            RawTensor tensor = NativeTensors.fromNative(output.name(), array);
            if (tensor.datatype() != output.datatype() || !output.admits(tensor.shape())) {
                throw new ModelRefused("output '" + output.name() + "' is " + tensor.datatype() + " " + tensor.shape()
                        + ", " + SignatureDocument.FILE + " says " + output.datatype() + " " + output.shape());
            }
            named.add(tensor);
        }
        return named;
    }

    private static @Nullable NDArray byName(NDList found, String name) {
        return found.stream()
                .filter(array -> name.equals(array.getName()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() {
        model.close();
    }
}
