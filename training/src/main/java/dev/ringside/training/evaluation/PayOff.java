package dev.ringside.training.evaluation;

/**
 * What acting on a score is worth: whoever scores above the threshold is acted on.
 *
 * @param name the metric's name, such as {@code warning_value}
 * @param threshold the score above which one acts, 0 to 1
 * @param right what acting on a positive is worth
 * @param wrong what acting on a negative is worth
 */
public record PayOff(String name, double threshold, double right, double wrong) {
    /** The mean over all rows, those not acted on being worth nothing. */
    double of(boolean[] labels, double[] scores) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            if (scores[i] > threshold) {
                sum += labels[i] ? right : wrong;
            }
        }
        return sum / labels.length;
    }
}
