package dev.ringside.training.evaluation;

/** Mean of −ln of the probability that was given to what happened. */
final class LogLoss {
    /** The distance from 0 and 1 at which probabilities are held, so that one certain error is not infinite. */
    private static final double FLOOR = 0x1p-52;

    private LogLoss() {}

    static double of(boolean[] labels, double[] scores) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double p = Math.clamp(scores[i], FLOOR, 1 - FLOOR);
            sum -= StrictMath.log(labels[i] ? p : 1 - p);
        }
        return sum / labels.length;
    }
}
