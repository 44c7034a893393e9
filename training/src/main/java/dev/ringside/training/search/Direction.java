package dev.ringside.training.search;

/** Which values of the metric are better. */
public enum Direction {
    /** The greater ones. */
    MAXIMISE,
    /** The smaller ones. */
    MINIMISE;

    /** The value as a loss, of which less is better. */
    double loss(double value) {
        return this == MINIMISE ? value : -value;
    }
}
