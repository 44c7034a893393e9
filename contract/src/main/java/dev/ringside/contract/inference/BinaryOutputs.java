package dev.ringside.contract.inference;

import java.util.Map;

/**
 * Which outputs a client wants as binary tensors.
 *
 * @param all whether those are, of which it says nothing: the request's parameter {@code binary_data_output}
 * @param named what it says of some: an output's parameter {@code binary_data}
 */
public record BinaryOutputs(boolean all, Map<String, Boolean> named) {
    /** All as JSON. */
    public static final BinaryOutputs NONE = new BinaryOutputs(false, Map.of());

    /** Copies the map. */
    public BinaryOutputs {
        named = Map.copyOf(named);
    }

    /** Whether that output is wanted binary. */
    public boolean wants(String output) {
        return named.getOrDefault(output, all);
    }
}
