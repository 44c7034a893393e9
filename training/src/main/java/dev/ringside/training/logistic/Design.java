package dev.ringside.training.logistic;

import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import java.util.List;

/**
 * Encoded rows as the columns of a linear model: numbers as they are, places of a vocabulary as one column each, of which
 * a row touches one at most. Nothing is laid out side by side.
 */
final class Design {
    private final List<Part> parts;
    private final List<Block> blocks;
    private final int[] offsets;
    private final int columns;
    private final int rows;

    Design(Encoded encoded) {
        parts = encoded.parts();
        blocks = encoded.blocks();
        rows = encoded.rows();
        offsets = new int[parts.size()];
        int next = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = next;
            next += width(parts.get(i));
        }
        columns = next;
    }

    static int width(Part part) {
        return switch (part) {
            case Part.Numbers(int width) -> width;
            case Part.OneHot(int size) -> size;
            case Part.Piecewise(float[] edges, int dimensions) when dimensions == 0 -> edges.length - 1;
            case Part.Piecewise _, Part.Periodic _, Part.Embedded _, Part.Steps _, Part.EmbeddedSteps _ ->
                throw new IllegalArgumentException("logistic regression learns no embeddings: take numbers, one-hot"
                        + " places, or {kind: piecewise, dimensions: 0}");
        };
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /**
     * A row's columns that are not 0.
     *
     * @param at filled with their places
     * @param values filled with their values
     * @return how many there are
     */
    int row(int row, int[] at, double[] values) {
        int found = 0;
        for (int i = 0; i < offsets.length; i++) {
            switch (blocks.get(i)) {
                case Block.Index(int[] places) -> {
                    if (places[row] >= 0) {
                        at[found] = offsets[i] + places[row];
                        values[found++] = 1;
                    }
                }
                case Block.Dense(int width, float[] numbers) -> {
                    if (parts.get(i) instanceof Part.Piecewise(float[] edges, int _)) {
                        for (int bin = 0; bin + 1 < edges.length; bin++) {
                            found = put(at, values, found, offsets[i] + bin, through(edges, bin, numbers[row]));
                        }
                    } else {
                        for (int j = 0; j < width; j++) {
                            found = put(at, values, found, offsets[i] + j, numbers[row * width + j]);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static int put(int[] at, double[] values, int found, int place, double value) {
        if (value == 0) {
            return found;
        }
        at[found] = place;
        values[found] = value;
        return found + 1;
    }

    /** How far a number is through a bin, 0 to 1, in FP32 as the graph computes it. */
    private static float through(float[] edges, int bin, float number) {
        return Math.clamp((number - edges[bin]) / (edges[bin + 1] - edges[bin]), 0f, 1f);
    }
}
