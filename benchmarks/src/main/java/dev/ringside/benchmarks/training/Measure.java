package dev.ringside.benchmarks.training;

import java.util.List;

/**
 * A figure of the trainer that is promised.
 *
 * @param key its name
 * @param about what it is, in a sentence
 * @param figure what is measured
 * @param better which way is better
 * @param must what the mean over the seeds must reach
 * @param goal what it should
 * @param references what others score
 */
public record Measure(
        String key, String about, Figure figure, Better better, double must, double goal, List<Reference> references) {
    /** Which way is better. */
    public enum Better {
        /** More. */
        HIGHER,
        /** Less. */
        LOWER
    }

    /** Copies the list. */
    public Measure {
        references = List.copyOf(references);
    }

    /** Whether a value is as good as another. */
    boolean reaches(double value, double bound) {
        return switch (better) {
            case HIGHER -> value >= bound;
            case LOWER -> value <= bound;
        };
    }
}
