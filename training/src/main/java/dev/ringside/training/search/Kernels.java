package dev.ringside.training.search;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** One parameter's kernels in a {@link ParzenEstimator}: one for each observation, and the prior as the last. */
sealed interface Kernels {
    /** Where kernel {@code k} has no observation of the parameter, it is the prior there. */
    double MISSING = Double.NaN;

    /** A coordinate drawn from a kernel. */
    double draw(int kernel, SplittableRandom random);

    /** ln of the kernel's density on the unit scale, or of its mass where there are cells. */
    double log(int kernel, double coordinate);

    /**
     * The kernels of observations.
     *
     * @param coordinates of each observation, {@link #MISSING} where the parameter was not active
     */
    static Kernels of(Domain domain, double[] coordinates) {
        return switch (domain) {
            case Domain.Interval interval -> Truncated.of(interval, coordinates);
            case Domain.Choices(List<?> values) -> new Categorical(values.size(), coordinates);
        };
    }

    /**
     * Gaussians on the unit scale, truncated to it; in a domain of cells their mass in the cell.
     *
     * @param mean by kernel
     * @param deviation by kernel
     * @param inside ln of the share of the whole Gaussian that is on the unit scale, by kernel
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    record Truncated(Domain.Interval interval, double[] mean, double[] deviation, double[] inside) implements Kernels {
        private static final double LEAST_DEVIATION = 0.03;
        private static final double PRIOR_MEAN = 0.5;
        private static final double PRIOR_DEVIATION = 1;

        /**
         * The deviation of a kernel is the greater distance to its neighbours (Bergstra et al. 2011), within
         * max(Δ, (n + 2)^−2) and 1, Δ = .03 (Watanabe 2023, table 6).
         */
        static Truncated of(Domain.Interval interval, double[] coordinates) {
            int n = coordinates.length;
            double[] mean = new double[n + 1];
            boolean[] there = new boolean[n + 1];
            for (int i = 0; i < n; i++) {
                there[i] = !Double.isNaN(coordinates[i]);
                mean[i] = there[i] ? interval.toUnit(coordinates[i]) : PRIOR_MEAN;
            }
            mean[n] = PRIOR_MEAN;
            there[n] = true;
            double[] sorted = sorted(mean, there);
            double least = Math.max(LEAST_DEVIATION, 1 / ((sorted.length + 1.0) * (sorted.length + 1.0)));
            double[] deviation = new double[n + 1];
            for (int i = 0; i <= n; i++) {
                deviation[i] =
                        there[i] && i < n ? Math.clamp(gap(sorted, mean[i]), least, PRIOR_DEVIATION) : PRIOR_DEVIATION;
            }
            double[] inside = new double[n + 1];
            Arrays.setAll(
                    inside,
                    i -> StrictMath.log(
                            Gaussian.below((1 - mean[i]) / deviation[i]) - Gaussian.below(-mean[i] / deviation[i])));
            return new Truncated(interval, mean, deviation, inside);
        }

        private static double[] sorted(double[] mean, boolean[] there) {
            double[] sorted = new double[mean.length];
            int count = 0;
            for (int i = 0; i < mean.length; i++) {
                if (there[i]) {
                    sorted[count++] = mean[i];
                }
            }
            sorted = Arrays.copyOf(sorted, count);
            Arrays.sort(sorted);
            return sorted;
        }

        /** The greater distance to the neighbours, of which the ends of the unit scale are two. */
        private static double gap(double[] sorted, double at) {
            int place = Arrays.binarySearch(sorted, at);
            double before = place == 0 ? 0 : sorted[place - 1];
            double after = place == sorted.length - 1 ? 1 : sorted[place + 1];
            return Math.max(at - before, after - at);
        }

        @Override
        public double draw(int kernel, SplittableRandom random) {
            double unit;
            do { // at least a third falls inside, as the mean does and the deviation is at most the scale's length
                unit = mean[kernel] + deviation[kernel] * random.nextGaussian();
            } while (unit < 0 || unit > 1);
            return interval.fromUnit(unit);
        }

        @Override
        public double log(int kernel, double coordinate) {
            double m = mean[kernel];
            double s = deviation[kernel];
            double unit = interval.toUnit(coordinate);
            if (interval.cells() == 0) {
                return Gaussian.logDensity((unit - m) / s) - StrictMath.log(s) - inside[kernel];
            }
            double half = 0.5 / interval.cells();
            return StrictMath.log(Gaussian.below((unit + half - m) / s) - Gaussian.below((unit - half - m) / s))
                    - inside[kernel];
        }
    }

    /**
     * The observed choice with probability 1 − b, each other with b / (choices − 1), b = .2 (Watanabe 2023); the prior
     * is even.
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    record Categorical(int choices, double[] observed) implements Kernels {
        private static final double BANDWIDTH = 0.2;

        @Override
        public double draw(int kernel, SplittableRandom random) {
            boolean prior = kernel == observed.length || Double.isNaN(observed[kernel]);
            if (prior || choices == 1) {
                return random.nextInt(choices);
            }
            if (random.nextDouble() >= BANDWIDTH) {
                return observed[kernel];
            }
            int other = random.nextInt(choices - 1);
            return other < observed[kernel] ? other : other + 1;
        }

        @Override
        public double log(int kernel, double coordinate) {
            boolean prior = kernel == observed.length || Double.isNaN(observed[kernel]);
            if (prior || choices == 1) {
                return -StrictMath.log(choices);
            }
            return StrictMath.log(observed[kernel] == coordinate ? 1 - BANDWIDTH : BANDWIDTH / (choices - 1));
        }
    }
}
