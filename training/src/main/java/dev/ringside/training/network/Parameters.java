package dev.ringside.training.network;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A network's parameters as tensors. They belong to the {@code PointerScope} in which they were made. */
final class Parameters {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, Tensor> constants = new HashMap<>();
    private final @Nullable PointerScope scope = PointerScope.getInnerScope();
    private final @Nullable Device device;
    private final Weights shapes;

    /** @param trainable whether gradients are kept of what a training changes */
    Parameters(Weights weights, boolean trainable) {
        shapes = weights;
        device = null;
        weights.all().forEach((name, value) -> {
            Tensor tensor = tensor(value.values(), value.shape());
            if (trainable && value.trained()) {
                tensor.requires_grad_();
            }
            tensors.put(name, tensor);
        });
    }

    private Parameters(Parameters others, Device device) {
        shapes = others.shapes;
        this.device = device;
        others.tensors.forEach((name, tensor) -> tensors.put(
                name, tensor.detach().to(device, tensor.scalar_type()).clone().requires_grad_(tensor.requires_grad())));
    }

    Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no parameter '" + name + "' among " + tensors.keySet());
        }
        return tensor;
    }

    /**
     * What no training changes and no checkpoint keeps: made at its first use, and there as long as the parameters.
     *
     * @param values its values, row after row
     * @param shape its shape
     */
    Tensor constant(String name, Supplier<float[]> values, long... shape) {
        return constants.computeIfAbsent(name, _ -> {
            Tensor tensor = tensor(values.get(), shape);
            Tensor placed = device == null ? tensor : tensor.to(device, tensor.scalar_type());
            if (scope != null) {
                scope.attach(placed); // the scope of the step in which it is made ends sooner
            }
            return placed;
        });
    }

    /** Those that a step changes. */
    TensorVector trained() {
        return trained(tensors.keySet());
    }

    /** Those of some that a step changes. */
    TensorVector trained(Collection<String> names) {
        var trained = new TensorVector();
        for (String name : names) {
            if (shapes.get(name).trained()) {
                trained.push_back(get(name));
            }
        }
        return trained;
    }

    /** Those of which gradients are kept at present. */
    TensorVector changing() {
        var changing = new TensorVector();
        for (Tensor tensor : tensors.values()) {
            if (tensor.requires_grad()) {
                changing.push_back(tensor);
            }
        }
        return changing;
    }

    /** The names of those that a step changes. */
    List<String> trainedNames() {
        return tensors.keySet().stream()
                .filter(name -> shapes.get(name).trained())
                .toList();
    }

    /** Those that have a gradient, by name. */
    Map<String, Tensor> withGradients() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (tensor.grad().defined()) {
                all.put(name, tensor);
            }
        });
        return all;
    }

    /** A copy on a device, of which gradients are kept where they are of these. */
    Parameters on(Device device) {
        return new Parameters(this, device);
    }

    /** How many bytes they take. */
    long bytes() {
        return tensors.values().stream().mapToLong(Tensor::nbytes).sum();
    }

    /** Keeps no gradients of some. */
    void freeze(Collection<String> names) {
        for (String name : names) {
            get(name).set_requires_grad(false);
        }
    }

    /** Keeps gradients of the first stages alone: a step leaves the others as they are. */
    void thaw(List<List<String>> stages, int thawed) {
        for (int stage = 0; stage < stages.size(); stage++) {
            for (String name : stages.get(stage)) {
                if (shapes.get(name).trained()) {
                    get(name).set_requires_grad(stage < thawed);
                }
            }
        }
    }

    /** Euclidean norm of each gradient that is there, by parameter. */
    Map<String, Double> gradientNorms() {
        Map<String, Double> norms = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (shapes.get(name).trained() && tensor.grad().defined()) {
                norms.put(name, tensor.grad().norm().item_double());
            }
        });
        return norms;
    }

    /** Copies the present values out of native memory. */
    Weights copy() {
        var copy = new Weights();
        shapes.all()
                .forEach((name, value) -> copy.put(name, floats(get(name).detach()), value.trained(), value.shape()));
        return copy;
    }

    /** A check sum of all values. */
    double digest() {
        var sum = new CRC32C();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES);
        for (Tensor tensor : tensors.values()) {
            for (float value : floats(tensor.detach())) {
                sum.update(bytes.clear().putFloat(value).flip());
            }
        }
        return sum.getValue();
    }

    static Tensor tensor(float[] values, long... shape) {
        // from_blob borrows the memory, the clone owns its own.
        return torch.from_blob(new FloatPointer(values), shape).clone();
    }

    static float[] floats(Tensor tensor) {
        float[] values = new float[(int) tensor.numel()];
        tensor.contiguous().data_ptr_float().get(values);
        return values;
    }
}
