package dev.ringside.router.feature;

import dev.ringside.contract.feature.FeatureKey;
import dev.ringside.contract.feature.FeatureKey.Part;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the keys under which a request's features stand. */
final class KeyMaker {
    private final List<Part> parts;
    private final boolean oneForAllRows;

    KeyMaker(FeatureKey key) {
        this.parts = key.parts();
        this.oneForAllRows = key.inputs().isEmpty();
    }

    /** Whether all rows of a request have the same. */
    boolean oneForAllRows() {
        return oneForAllRows;
    }

    /**
     * The key of a row; null if the request does not say what it is made of.
     *
     * @param unit null for a request without
     * @param inputs what the request sends
     */
    @Nullable
    String of(@Nullable String unit, String segment, List<Tensor> inputs, int row) {
        var key = new StringBuilder();
        for (Part part : parts) {
            String text = switch (part) {
                case Part.Text(String written) -> written;
                case Part.Name(String name) when name.equals(FeatureKey.UNIT) -> unit;
                case Part.Name(String name) when name.equals(FeatureKey.SEGMENT) -> segment;
                case Part.Name(String name) -> value(name, inputs, row);
            };
            if (text == null) {
                return null;
            }
            key.append(text);
        }
        return key.toString();
    }

    private static @Nullable String value(String name, List<Tensor> inputs, int row) {
        for (Tensor input : inputs) {
            if (input.name().equals(name)) {
                TensorData data = input.data();
                if (row >= data.size()) {
                    return null;
                }
                return data instanceof TensorData.Bytes(String[] texts) ? texts[row] : data.text(row);
            }
        }
        return null;
    }
}
