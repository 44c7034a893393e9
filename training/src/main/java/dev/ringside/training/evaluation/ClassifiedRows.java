package dev.ringside.training.evaluation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one of several classes, with a probability of each.
 *
 * @param labels the class, from 0
 * @param probabilities shape [rows, classes], finite
 * @param weights what each row counts, none below 0; null where all count 1
 */
@SuppressWarnings("ArrayRecordComponent") // columns of a table, never compared
public record ClassifiedRows(int[] labels, double[][] probabilities, double @Nullable [] weights) implements Judged {
    public ClassifiedRows {
        RowArrays.requireLength("probability", probabilities.length, "label", labels.length);
        RowArrays.requireWeights(weights, labels.length);
        for (int row = 0; row < labels.length; row++) {
            RowArrays.requireNumbers("probability in row " + row + ", class", probabilities[row]);
            if (probabilities[row].length != probabilities[0].length) {
                throw new IllegalArgumentException("row " + row + " has " + probabilities[row].length
                        + " probabilities where row 0 has " + probabilities[0].length + ", expected as many");
            }
            if (labels[row] < 0 || labels[row] >= probabilities[row].length) {
                throw new IllegalArgumentException("label of row " + row + " is " + labels[row]
                        + ", expected a class from 0 to " + (probabilities[row].length - 1));
            }
        }
    }

    @Override
    public int size() {
        return labels.length;
    }

    /** How many classes there are. */
    public int classes() {
        return labels.length == 0 ? 0 : probabilities[0].length;
    }

    /** One class against all others. */
    ScoredRows oneAgainstRest(int which) {
        boolean[] positive = new boolean[labels.length];
        double[] scores = new double[labels.length];
        for (int row = 0; row < labels.length; row++) {
            positive[row] = labels[row] == which;
            scores[row] = probabilities[row][which];
        }
        return new ScoredRows(positive, scores, weights);
    }

    @Override
    public ClassifiedRows select(int[] rows) {
        return new ClassifiedRows(
                Arrays.stream(rows).map(row -> labels[row]).toArray(),
                Arrays.stream(rows).mapToObj(row -> probabilities[row]).toArray(double[][]::new),
                RowArrays.selectWeights(weights, rows));
    }
}
