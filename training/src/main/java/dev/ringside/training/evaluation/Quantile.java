package dev.ringside.training.evaluation;

/** The quantile of sorted values, interpolated between neighbours (Hyndman and Fan 1996, type 7). */
public final class Quantile {
    private Quantile() {}

    /**
     * The value below which a share lies.
     *
     * @param sorted ascending, not empty
     * @param share 0 to 1
     */
    public static double of(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        double rest = position - below;
        return rest == 0 ? sorted[below] : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
    }
}
