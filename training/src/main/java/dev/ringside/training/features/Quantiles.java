package dev.ringside.training.features;

import java.util.Arrays;

/** Edges of bins that hold equally many values. */
final class Quantiles {
    private Quantiles() {}

    /** At most one edge more than bins, rising, equal ones once: the values at equal distances, first and last too. */
    static float[] edges(double[] sorted, int bins) {
        float[] edges = new float[bins + 1];
        int found = 0;
        for (int i = 0; i <= bins; i++) {
            float edge = (float) sorted[(int) Math.min(sorted.length - 1, (long) i * sorted.length / bins)];
            if (found == 0 || edge > edges[found - 1]) {
                edges[found++] = edge;
            }
        }
        return Arrays.copyOf(edges, found);
    }
}
