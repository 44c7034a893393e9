package dev.ringside.training.dataset;

/** Where the rows of lists begin. */
final class Lists {
    private Lists() {}

    /** The greatest length, at least 1, as a tensor has no empty side. */
    static int longest(int[] starts) {
        int longest = 1;
        for (int row = 1; row < starts.length; row++) {
            longest = Math.max(longest, starts[row] - starts[row - 1]);
        }
        return longest;
    }

    /** The beginnings of some rows one after the other. */
    static int[] starts(int[] starts, int[] rows) {
        int[] selected = new int[rows.length + 1];
        for (int i = 0; i < rows.length; i++) {
            selected[i + 1] = Math.addExact(selected[i], starts[rows[i] + 1] - starts[rows[i]]);
        }
        return selected;
    }
}
