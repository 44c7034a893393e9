package dev.ringside.training.embedding;

import dev.ringside.training.learning.LearntVectors;

/**
 * The plane through the mean of vectors in which they differ most: their first two principal components, by orthogonal
 * iteration of the covariance (Golub and Van Loan 2013, section 8.2.4). Each axis points to where its largest number is
 * positive, so that the same vectors give the same picture.
 */
final class PrincipalPlane {
    private static final int ROUNDS = 300;

    private final double[][] axes;
    private final double[][] centred;
    private final double[] shares;

    /** @param vectors at least two, of at least two numbers */
    PrincipalPlane(LearntVectors vectors) {
        int rows = vectors.texts().size();
        int size = vectors.dimensions();
        if (rows < 2 || size < 2) {
            throw new IllegalArgumentException("no plane through " + rows + " vectors of " + size + " numbers");
        }
        double[] mean = new double[size];
        centred = new double[rows][size];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < size; i++) {
                centred[row][i] = vectors.values()[row * size + i];
                mean[i] += centred[row][i] / rows;
            }
        }
        for (double[] row : centred) {
            for (int i = 0; i < size; i++) {
                row[i] -= mean[i];
            }
        }
        double[][] covariance = covariance(centred);
        axes = new double[2][size];
        for (int i = 0; i < size; i++) { // neither is at right angles to what is looked for, but by chance
            axes[0][i] = 1 + 1.0 / (i + 1);
            axes[1][i] = i % 2 == 0 ? 1 : -1.5;
        }
        for (int round = 0; round < ROUNDS; round++) {
            axes[0] = product(covariance, axes[0]);
            axes[1] = product(covariance, axes[1]);
            normalise();
        }
        shares = new double[] {share(covariance, axes[0]), share(covariance, axes[1])};
        turn();
    }

    /** Where the vector of a place lies: two numbers. */
    double[] at(int place) {
        return new double[] {dot(centred[place], axes[0]), dot(centred[place], axes[1])};
    }

    /** The share of all variance along each axis, 0 to 1. */
    double[] shares() {
        return shares.clone();
    }

    private void normalise() {
        scale(axes[0]);
        double along = dot(axes[0], axes[1]);
        for (int i = 0; i < axes[1].length; i++) {
            axes[1][i] -= along * axes[0][i];
        }
        scale(axes[1]);
    }

    private static void scale(double[] axis) {
        double length = StrictMath.sqrt(dot(axis, axis));
        for (int i = 0; i < axis.length; i++) {
            axis[i] = length == 0 ? 0 : axis[i] / length;
        }
    }

    private void turn() {
        for (double[] axis : axes) {
            int largest = 0;
            for (int i = 1; i < axis.length; i++) {
                largest = Math.abs(axis[i]) > Math.abs(axis[largest]) ? i : largest;
            }
            if (axis[largest] < 0) {
                for (int i = 0; i < axis.length; i++) {
                    axis[i] = -axis[i];
                }
            }
        }
    }

    private static double share(double[][] covariance, double[] axis) {
        double all = 0;
        for (int i = 0; i < covariance.length; i++) {
            all += covariance[i][i];
        }
        return all == 0 ? 0 : dot(axis, product(covariance, axis)) / all;
    }

    private static double[][] covariance(double[][] centred) {
        int size = centred[0].length;
        double[][] covariance = new double[size][size];
        for (double[] row : centred) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    covariance[i][j] += row[i] * row[j] / centred.length;
                }
            }
        }
        return covariance;
    }

    private static double[] product(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            product[i] = dot(matrix[i], vector);
        }
        return product;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
