package dev.ringside.training.transfer;

import java.util.Arrays;

/**
 * Deviations of regions from one model, shrunk towards none: region r adds δᵣ·φ to the model's number z of a row, φ = (1,
 * x). Its prior is normal, mean 0, with a variance for the intercept and one for all slopes, so a region of few rows stays
 * with the model and one of many goes its own way. The mode of each δᵣ maximises
 *
 * <pre>log p(yᵣ | zᵣ + δᵣ·φ) − δᵣ₀² / 2τ₀² − Σⱼ δᵣⱼ² / 2τ₁²</pre>
 *
 * by Newton's method. The variances are learnt of all regions together (empirical Bayes), by penalised quasi-likelihood
 * (Breslow and Clayton 1993, section 2): around the present modes the likelihood is taken as normal, and for that model
 * the EM algorithm of Laird and Ware (1982) gives τ² = mean of (mode² + variance around it) over regions and slopes. For
 * numbers the likelihood is normal, and what is found is the maximum of the marginal likelihood itself.
 */
final class PartialPooling {
    private static final int OUTER = 12;
    private static final int INNER = 100;
    private static final double SETTLED = 1e-4;
    private static final double LEAST_VARIANCE = 1e-8;
    private static final int HALVINGS = 20;

    private final Rows rows;
    private final int regions;
    private final int size;
    private final double[][] modes;
    private double intercept = 0.1;
    private double slope = 0.01;
    private double residual = 1;

    /**
     * The rows of all regions.
     *
     * @param binary whether a target is 1 or 0 and a number a logit
     * @param targets what is to be predicted
     * @param numbers what the model says, z
     * @param width how many slopes there are
     * @param inputs x, row after row
     * @param weights how much a row counts
     * @param region of each row, from 0; −1 for none
     */
    @SuppressWarnings("ArrayRecordComponent") // as many values as there are rows; never compared
    record Rows(
            boolean binary,
            double[] targets,
            float[] numbers,
            int width,
            float[] inputs,
            double[] weights,
            int[] region) {}

    /**
     * What was learnt.
     *
     * @param deviations δ of each region, the intercept first
     * @param intercept τ₀²
     * @param slope τ₁²
     * @param residual the variance of a number around its prediction; 1 of yes or no
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once; never compared
    record Pooled(double[][] deviations, double intercept, double slope, double residual) {}

    private PartialPooling(Rows rows, int regions) {
        this.rows = rows;
        this.regions = regions;
        size = rows.width() + 1;
        modes = new double[regions][size];
    }

    static Pooled fit(Rows rows, int regions) {
        return new PartialPooling(rows, regions).fit();
    }

    private Pooled fit() {
        int[][] of = byRegion();
        if (!rows.binary()) {
            residual = Arrays.stream(of)
                            .flatMapToInt(Arrays::stream)
                            .mapToDouble(row -> rows.weights()[row] * square(rows.targets()[row] - rows.numbers()[row]))
                            .sum()
                    / counted(of);
        }
        for (int outer = 0; outer < OUTER; outer++) {
            double[][] gradients = new double[regions][size];
            double[][][] curvatures = new double[regions][size][size];
            for (int r = 0; r < regions; r++) {
                curve(of[r], modes[r], gradients[r], curvatures[r]);
            }
            double before = intercept + slope + residual;
            double moved = 0;
            variances(gradients, curvatures, of);
            for (int r = 0; r < regions; r++) {
                moved = Math.max(moved, step(of[r], modes[r], gradients[r], curvatures[r]));
            }
            if (moved < SETTLED && Math.abs(intercept + slope + residual - before) < SETTLED * before) {
                break;
            }
        }
        return new Pooled(modes, intercept, slope, residual);
    }

    private int[][] byRegion() {
        int[] counts = new int[regions];
        for (int region : rows.region()) {
            if (region >= 0) {
                counts[region]++;
            }
        }
        int[][] of = new int[regions][];
        Arrays.setAll(of, r -> new int[counts[r]]);
        for (int row = rows.region().length - 1; row >= 0; row--) {
            int region = rows.region()[row];
            if (region >= 0) {
                of[region][--counts[region]] = row;
            }
        }
        return of;
    }

    private double counted(int[][] of) {
        return Arrays.stream(of)
                .flatMapToInt(Arrays::stream)
                .mapToDouble(row -> rows.weights()[row])
                .sum();
    }

    private double number(int row, double[] mode) {
        double number = rows.numbers()[row] + mode[0];
        for (int j = 1; j < size; j++) {
            number += mode[j] * rows.inputs()[row * rows.width() + j - 1];
        }
        return number;
    }

    /** Gradient and negative second derivatives of a region's log likelihood, in units of the residual variance. */
    private void curve(int[] of, double[] mode, double[] gradient, double[][] curvature) {
        double[] x = new double[size];
        for (int row : of) {
            double number = number(row, mode);
            double p = rows.binary() ? 1 / (1 + StrictMath.exp(-number)) : number;
            double error = rows.weights()[row] * (rows.targets()[row] - p);
            double weight = rows.weights()[row] * (rows.binary() ? p * (1 - p) : 1);
            x[0] = 1;
            for (int j = 1; j < size; j++) {
                x[j] = rows.inputs()[row * rows.width() + j - 1];
            }
            for (int i = 0; i < size; i++) {
                gradient[i] += error * x[i];
                double factor = weight * x[i];
                double[] line = curvature[i];
                for (int j = 0; j <= i; j++) {
                    line[j] += factor * x[j];
                }
            }
        }
    }

    /** What a step towards the prior adds to the diagonal, in units of the residual variance. */
    private double[] precision() {
        double[] precision = new double[size];
        Arrays.fill(precision, residual / slope);
        precision[0] = residual / intercept;
        return precision;
    }

    /** The mode of the normal approximation: (H + P)⁻¹ (g + H δ). */
    private static double[] target(Cholesky factor, double[] mode, double[] gradient, double[][] curvature) {
        double[] right = gradient.clone();
        for (int i = 0; i < mode.length; i++) {
            for (int j = 0; j < mode.length; j++) {
                right[i] += mode[j] * (j <= i ? curvature[i][j] : curvature[j][i]);
            }
        }
        return factor.solve(right);
    }

    private void variances(double[][] gradients, double[][][] curvatures, int[][] of) {
        double counted = counted(of);
        for (int inner = 0; inner < INNER; inner++) {
            double[] precision = precision();
            double ofIntercepts = 0;
            double ofSlopes = 0;
            double errors = 0;
            for (int r = 0; r < regions; r++) {
                Cholesky factor = Cholesky.of(curvatures[r], precision);
                double[] mode = target(factor, modes[r], gradients[r], curvatures[r]);
                double[] around = factor.inverseDiagonal();
                ofIntercepts += square(mode[0]) + residual * around[0];
                double explained = 1 - precision[0] * around[0];
                for (int j = 1; j < size; j++) {
                    ofSlopes += square(mode[j]) + residual * around[j];
                    explained += 1 - precision[j] * around[j];
                }
                errors += residual * explained;
                if (!rows.binary()) {
                    for (int row : of[r]) {
                        errors += rows.weights()[row] * square(rows.targets()[row] - number(row, mode));
                    }
                }
            }
            double before = intercept + slope + residual;
            intercept = Math.max(LEAST_VARIANCE, ofIntercepts / regions);
            slope = Math.max(LEAST_VARIANCE, ofSlopes / Math.max(1, regions * rows.width()));
            residual = rows.binary() ? 1 : errors / counted;
            if (Math.abs(intercept + slope + residual - before) < SETTLED * before) {
                return;
            }
        }
    }

    /** One step of Newton's method, halved until it does not lead downhill; how far it went. */
    private double step(int[] of, double[] mode, double[] gradient, double[][] curvature) {
        double[] target = target(Cholesky.of(curvature, precision()), mode, gradient, curvature);
        double before = loss(of, mode);
        double[] tried = new double[size];
        for (double share = 1; share > StrictMath.pow(2, -HALVINGS); share /= 2) {
            double moved = 0;
            for (int j = 0; j < size; j++) {
                tried[j] = mode[j] + share * (target[j] - mode[j]);
                moved = Math.max(moved, Math.abs(tried[j] - mode[j]));
            }
            if (loss(of, tried) <= before) {
                System.arraycopy(tried, 0, mode, 0, size);
                return moved;
            }
        }
        return 0;
    }

    private double loss(int[] of, double[] mode) {
        double[] precision = precision();
        double loss = 0;
        for (int j = 0; j < size; j++) {
            loss += precision[j] * square(mode[j]) / 2;
        }
        for (int row : of) {
            double number = number(row, mode);
            double target = rows.targets()[row];
            loss += rows.weights()[row]
                    * (rows.binary()
                            ? Math.max(number, 0)
                                    + StrictMath.log1p(StrictMath.exp(-Math.abs(number)))
                                    - target * number
                            : square(target - number) / 2);
        }
        return loss;
    }

    private static double square(double x) {
        return x * x;
    }
}
