package dev.ringside.training.network;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network's parameters by name, outside of native memory: what is kept of the best pass, written to a checkpoint, taken
 * over by a fine-tuning and exported.
 */
public final class Weights {
    private final Map<String, Values> values = new LinkedHashMap<>();

    /**
     * One parameter.
     *
     * @param values row after row
     * @param shape its shape
     * @param trained whether a step changes it; false for running statistics
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Values(float[] values, long[] shape, boolean trained) {
        /** Checks the size. */
        public Values {
            if (values.length != Arrays.stream(shape).reduce(1, Math::multiplyExact)) {
                throw new IllegalArgumentException(values.length + " values in a shape " + Arrays.toString(shape));
            }
        }
    }

    /** Adds one. */
    public void put(String name, float[] numbers, boolean trained, long... shape) {
        if (values.put(name, new Values(numbers, shape, trained)) != null) {
            throw new IllegalArgumentException("two parameters are called " + name);
        }
    }

    /** One of them. */
    public Values get(String name) {
        Values found = values.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no parameter '" + name + "' among " + values.keySet());
        }
        return found;
    }

    /** All of them, in the order in which they were put. */
    public Map<String, Values> all() {
        return Collections.unmodifiableMap(values);
    }

    /** How many numbers a training changes. */
    long trained() {
        return values.values().stream()
                .filter(Values::trained)
                .mapToLong(v -> v.values().length)
                .sum();
    }
}
