package dev.ringside.training.distribution;

/** The distribution of the largest distance between two empirical distribution functions. */
public final class Kolmogorov {
    private static final double SERIES_MEET = 1;

    private Kolmogorov() {}

    /**
     * The limiting probability of a distance above {@code t}/√n, with n = n₁n₂/(n₁ + n₂) (Kolmogorov 1933): both forms
     * of the theta function, each where it converges within a few terms.
     */
    public static double survival(double t) {
        if (t <= 0) {
            return 1;
        }
        double sum = 0;
        if (t < SERIES_MEET) {
            for (int k = 1; k <= 19; k += 2) {
                sum += StrictMath.exp(-k * k * StrictMath.PI * StrictMath.PI / (8 * t * t));
            }
            return 1 - StrictMath.sqrt(2 * StrictMath.PI) / t * sum;
        }
        for (int k = 1; k <= 10; k++) {
            sum += (k % 2 == 1 ? 2 : -2) * StrictMath.exp(-2.0 * k * k * t * t);
        }
        return sum;
    }

    /**
     * The exact probability that two samples of one continuous distribution are at least this far apart.
     *
     * <p>Merged in order the samples are a random path of {@code first} steps right and {@code second} steps up, all
     * paths alike; the last step into (i, j) is a step right with probability i/(i + j). So the probability that a path
     * to (i, j) has been too far from the diagonal follows from its two neighbours, without any cancellation. Takes
     * time in proportion to {@code first · second}.
     *
     * @param distance the distance times {@code first · second}, a whole number
     */
    public static double exactSurvival(long distance, int first, int second) {
        if (distance <= 0) {
            return 1;
        }
        double[] crossed = new double[second + 1];
        for (int i = 0; i <= first; i++) {
            for (int j = 0; j <= second; j++) {
                if (StrictMath.abs((long) i * second - (long) j * first) >= distance) {
                    crossed[j] = 1;
                } else if (i + j > 0) {
                    double fromLeft = i == 0 ? 0 : crossed[j] * i;
                    double fromBelow = j == 0 ? 0 : crossed[j - 1] * j;
                    crossed[j] = (fromLeft + fromBelow) / (i + j);
                }
            }
        }
        return crossed[second];
    }
}
