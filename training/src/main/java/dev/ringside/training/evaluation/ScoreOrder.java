package dev.ringside.training.evaluation;

/**
 * Rows in ascending order of their score, those of equal score one after the other in the order of the rows.
 *
 * <p>A merge sort from the bottom up that carries the scores along with the rows, so that it reads memory in sequence;
 * the library sorts no primitive indices by a key.
 */
final class ScoreOrder {
    private final double[] scores;
    private final int[] rows;

    private ScoreOrder(double[] scores, int[] rows) {
        this.scores = scores;
        this.rows = rows;
    }

    static ScoreOrder of(double[] values) {
        int size = values.length;
        double[] scores = values.clone();
        int[] rows = new int[size];
        for (int i = 0; i < size; i++) {
            rows[i] = i;
        }
        ScoreOrder from = new ScoreOrder(scores, rows);
        ScoreOrder to = new ScoreOrder(new double[size], new int[size]);
        for (long width = 1; width < size; width *= 2) {
            for (long start = 0; start < size; start += 2 * width) {
                from.merge(to, (int) start, (int) StrictMath.min(start + width, size), (int)
                        StrictMath.min(start + 2 * width, size));
            }
            ScoreOrder sorted = to;
            to = from;
            from = sorted;
        }
        return from;
    }

    private void merge(ScoreOrder to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = left < middle && (right >= end || scores[left] <= scores[right]);
            int taken = takeLeft ? left++ : right++;
            to.scores[i] = scores[taken];
            to.rows[i] = rows[taken];
        }
    }

    int size() {
        return rows.length;
    }

    int row(int rank) {
        return rows[rank];
    }

    double score(int rank) {
        return scores[rank];
    }

    /** The first rank after {@code rank} whose score is greater. */
    int nextGreater(int rank) {
        int next = rank + 1;
        while (next < scores.length && scores[next] == scores[rank]) {
            next++;
        }
        return next;
    }

    /** The last rank before {@code rank} whose score is smaller, or −1. */
    int nextSmaller(int rank) {
        int next = rank - 1;
        while (next >= 0 && scores[next] == scores[rank]) {
            next--;
        }
        return next;
    }
}
