package dev.ringside.training.evaluation.offpolicy;

import dev.ringside.training.distribution.Normal;

/**
 * An estimate of a policy's mean reward a round.
 *
 * @param value the estimate
 * @param standardError of the value
 * @param low the lower end of the value's interval
 * @param high its upper end
 * @param gain the value less the mean reward of the same rounds under the logged policy
 * @param gainStandardError of the gain, which is less than the value's where the policies agree
 * @param gainLow the lower end of the gain's interval
 * @param gainHigh its upper end
 */
public record PolicyValue(
        double value,
        double standardError,
        double low,
        double high,
        double gain,
        double gainStandardError,
        double gainLow,
        double gainHigh) {
    /**
     * An estimate from each round's influence on it.
     *
     * @param influence how far the round moves the value from its mean; its own mean is 0
     * @param rewards under the logged policy
     */
    static PolicyValue of(double value, double[] influence, double[] rewards, double level) {
        double logged = mean(rewards);
        double[] gains = new double[influence.length];
        for (int round = 0; round < gains.length; round++) {
            gains[round] = influence[round] - (rewards[round] - logged);
        }
        double z = Normal.halfWidth(level);
        double error = standardError(influence);
        double gainError = standardError(gains);
        double gain = value - logged;
        return new PolicyValue(
                value,
                error,
                value - z * error,
                value + z * error,
                gain,
                gainError,
                gain - z * gainError,
                gain + z * gainError);
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double standardError(double[] influence) {
        double squares = 0;
        for (double value : influence) {
            squares += value * value;
        }
        return StrictMath.sqrt(squares / (influence.length - 1.0) / influence.length);
    }
}
