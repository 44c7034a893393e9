package dev.ringside.training.transfer;

/**
 * A symmetric positive definite matrix, factored.
 *
 * @param factor L of L Lᵀ, the lower triangle
 */
@SuppressWarnings("ArrayRecordComponent") // an intermediate result; never compared
record Cholesky(double[][] factor) {
    /**
     * Factors a matrix with something added to its diagonal.
     *
     * @param matrix the lower triangle is read
     */
    static Cholesky of(double[][] matrix, double[] added) {
        int n = matrix.length;
        double[][] factor = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j] + (i == j ? added[i] : 0);
                for (int k = 0; k < j; k++) {
                    sum -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? StrictMath.sqrt(sum) : sum / factor[j][j];
            }
            if (!(factor[i][i] > 0)) {
                throw new IllegalArgumentException("the matrix is not positive definite in row " + i);
            }
        }
        return new Cholesky(factor);
    }

    /** x of matrix × x = y. */
    double[] solve(double[] y) {
        double[] x = y.clone();
        int n = x.length;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= factor[i][k] * x[k];
            }
            x[i] /= factor[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= factor[k][i] * x[k];
            }
            x[i] /= factor[i][i];
        }
        return x;
    }

    /** The diagonal of the inverse: sums of squares of the columns of L⁻¹. */
    double[] inverseDiagonal() {
        int n = factor.length;
        double[] diagonal = new double[n];
        double[] column = new double[n];
        for (int j = 0; j < n; j++) {
            column[j] = 1 / factor[j][j];
            diagonal[j] = column[j] * column[j];
            for (int i = j + 1; i < n; i++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum -= factor[i][k] * column[k];
                }
                column[i] = sum / factor[i][i];
                diagonal[j] += column[i] * column[i];
            }
        }
        return diagonal;
    }
}
