package dev.ringside.training.logistic;

import dev.ringside.training.learning.Examples;
import java.util.Arrays;

/**
 * Loss, gradient and curvature of a logistic regression at some weights, of which the last is the bias.
 *
 * @param loss mean log loss with its penalty
 * @param gradient its first derivatives
 * @param curvature its second derivatives, the lower triangle
 */
@SuppressWarnings("ArrayRecordComponent") // an intermediate result; never compared
record NewtonSystem(double loss, double[] gradient, double[][] curvature) {
    /** What is left of a feature's curvature, relative to itself, when the features before it determine it. */
    private static final double DEPENDENT = 1e-13;

    static NewtonSystem at(Design design, Examples examples, double[] weights, double weightDecay) {
        int bias = weights.length - 1;
        double[] gradient = new double[weights.length];
        double[][] curvature = new double[weights.length][];
        Arrays.setAll(curvature, i -> new double[i + 1]);
        int[] at = new int[weights.length];
        double[] x = new double[weights.length];
        double loss = 0;
        double counted = 0;
        for (int row = 0; row < examples.size(); row++) {
            int n = design.row(row, at, x);
            at[n] = bias; // the columns of a row rise, so the curvature's lower triangle is j ≤ i
            x[n] = 1;
            double logit = 0;
            for (int i = 0; i <= n; i++) {
                logit += weights[at[i]] * x[i];
            }
            double count = examples.weight(row);
            boolean positive = examples.targets()[row] == 1;
            double p = probability(logit);
            loss += count * softplus(positive ? -logit : logit);
            counted += count;
            double error = count * (positive ? p - 1 : p);
            double weight = count * p * (1 - p);
            for (int i = 0; i <= n; i++) {
                gradient[at[i]] += error * x[i];
                double[] line = curvature[at[i]];
                double factor = weight * x[i];
                for (int j = 0; j <= i; j++) {
                    line[at[j]] += factor * x[j];
                }
            }
        }
        for (int i = 0; i <= bias; i++) {
            gradient[i] /= counted;
            for (int j = 0; j <= i; j++) {
                curvature[i][j] /= counted;
            }
        }
        loss /= counted;
        for (int i = 0; i < bias; i++) {
            loss += weightDecay / 2 * weights[i] * weights[i];
            gradient[i] += weightDecay * weights[i];
            curvature[i][i] += weightDecay;
        }
        return new NewtonSystem(loss, gradient, curvature);
    }

    static double probability(double logit) {
        return 1 / (1 + StrictMath.exp(-logit));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    double largestGradient() {
        double largest = 0;
        for (double g : gradient) {
            largest = Math.max(largest, Math.abs(g));
        }
        return largest;
    }

    /** Solves curvature × direction = gradient by Cholesky's factors. */
    double[] direction() {
        int n = gradient.length;
        double[][] factor = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = curvature[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i][k] * factor[j][k];
                }
                if (i == j) {
                    if (!(sum > DEPENDENT * curvature[i][i])) {
                        throw new IllegalStateException(
                                "some features determine each other, so that no weights are best: leave one out or set"
                                        + " weight_decay above 0");
                    }
                    factor[i][i] = StrictMath.sqrt(sum);
                } else {
                    factor[i][j] = sum / factor[j][j];
                }
            }
        }
        double[] solution = gradient.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                solution[i] -= factor[i][k] * solution[k];
            }
            solution[i] /= factor[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                solution[i] -= factor[k][i] * solution[k];
            }
            solution[i] /= factor[i][i];
        }
        return solution;
    }
}
