package dev.ringside.training.features;

/**
 * Mean and standard deviation (divisor n) of numbers, in two passes.
 *
 * @param mean the mean
 * @param deviation the standard deviation; 1 where all are the same, so that one may divide by it
 */
public record Moments(double mean, double deviation) {
    /** Of at least one number. */
    public static Moments of(double[] numbers) {
        double sum = 0;
        for (double value : numbers) {
            sum += value;
        }
        double mean = sum / numbers.length;
        double squares = 0;
        for (double value : numbers) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = StrictMath.sqrt(squares / numbers.length);
        return new Moments(mean, deviation > 0 ? deviation : 1);
    }
}
