package dev.ringside.training.trees;

import java.util.Arrays;

/** Numbers, one after the other. */
final class Floats {
    private float[] values = new float[256];
    private int size;

    void add(float value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    float[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
