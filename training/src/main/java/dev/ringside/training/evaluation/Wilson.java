package dev.ringside.training.evaluation;

import dev.ringside.training.distribution.Normal;

/** Wilson's score interval of a share (Wilson 1927), which has a width also at 0 and 1. */
final class Wilson {
    private Wilson() {}

    /**
     * The interval.
     *
     * @param share 0 to 1
     * @param rows of how many rows; with weights Kish's effective number (Σw)²/Σw²
     */
    static Estimate interval(double share, double rows, double level) {
        double z = Normal.halfWidth(level);
        double shrink = 1 + z * z / rows;
        double centre = (share + z * z / (2 * rows)) / shrink;
        double half = z / shrink * StrictMath.sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows));
        return new Estimate(share, Math.clamp(centre - half, 0.0, share), Math.clamp(centre + half, share, 1.0));
    }
}
