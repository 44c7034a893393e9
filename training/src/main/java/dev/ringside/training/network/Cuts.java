package dev.ringside.training.network;

import java.util.Arrays;

/** Cuts of a row of sizes into stages that are next to each other, so that the largest is as small as can be. */
final class Cuts {
    private Cuts() {}

    /**
     * Cuts.
     *
     * @param sizes at least as many as stages
     * @return where each stage begins, and the end
     */
    static int[] of(long[] sizes, int stages) {
        if (sizes.length < stages) {
            throw new IllegalArgumentException(sizes.length + " layers cannot be cut into " + stages + " stages");
        }
        // least[s][i] is the least largest stage of the first i sizes in s stages; from[s][i] where the last one begins
        long[][] least = new long[stages + 1][sizes.length + 1];
        int[][] from = new int[stages + 1][sizes.length + 1];
        for (long[] row : least) {
            Arrays.fill(row, Long.MAX_VALUE);
        }
        least[0][0] = 0;
        for (int stage = 1; stage <= stages; stage++) {
            for (int end = stage; end <= sizes.length; end++) {
                long last = 0;
                for (int begin = end - 1; begin >= stage - 1; begin--) {
                    last += sizes[begin];
                    long largest = Math.max(last, least[stage - 1][begin]);
                    if (least[stage - 1][begin] < Long.MAX_VALUE && largest < least[stage][end]) {
                        least[stage][end] = largest;
                        from[stage][end] = begin;
                    }
                }
            }
        }
        int[] bounds = new int[stages + 1];
        bounds[stages] = sizes.length;
        for (int stage = stages; stage > 0; stage--) {
            bounds[stage - 1] = from[stage][bounds[stage]];
        }
        return bounds;
    }
}
