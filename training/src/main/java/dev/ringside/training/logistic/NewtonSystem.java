package dev.ringside.training.logistic;

import dev.ringside.training.learning.Examples;

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

    static NewtonSystem at(Examples examples, double[] weights, double weightDecay) {
        int bias = weights.length - 1;
        float[] values = examples.features().values();
        double[] gradient = new double[weights.length];
        double[][] curvature = new double[weights.length][weights.length];
        double[] x = new double[weights.length];
        x[bias] = 1;
        double loss = 0;
        for (int row = 0; row < examples.size(); row++) {
            double logit = weights[bias];
            for (int i = 0; i < bias; i++) {
                x[i] = values[row * bias + i];
                logit += weights[i] * x[i];
            }
            boolean positive = examples.labels()[row];
            double p = probability(logit);
            loss += softplus(positive ? -logit : logit);
            double error = positive ? p - 1 : p;
            double weight = p * (1 - p);
            for (int i = 0; i <= bias; i++) {
                if (x[i] != 0) {
                    gradient[i] += error * x[i];
                    for (int j = 0; j <= i; j++) {
                        curvature[i][j] += weight * x[i] * x[j];
                    }
                }
            }
        }
        for (int i = 0; i <= bias; i++) {
            gradient[i] /= examples.size();
            for (int j = 0; j <= i; j++) {
                curvature[i][j] /= examples.size();
            }
        }
        loss /= examples.size();
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
