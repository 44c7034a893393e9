package dev.ringside.training.learning;

import org.jspecify.annotations.Nullable;

/**
 * What tells a fitting which of its passes is the best, in place of the learner's own loss.
 *
 * @param measure what is measured of the validation rows after each pass
 * @param patience how many passes in a row may fail to be better; null for the learner's own
 * @param leastGain how much better a pass must be than the best so far
 */
public record StopRule(Measure measure, @Nullable Integer patience, double leastGain) {
    /** Something that is measured of rows, lower being better. */
    @FunctionalInterface
    public interface Measure {
        /**
         * Measures.
         *
         * @param scores one a row
         */
        double of(double[] scores, Examples rows);
    }

    /** Checks the bounds. */
    public StopRule {
        if ((patience != null && patience < 1) || !(leastGain >= 0)) {
            throw new IllegalArgumentException("expected a patience of 1 or more and a least gain of 0 or more, found "
                    + patience + " and " + leastGain);
        }
    }
}
