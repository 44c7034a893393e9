package dev.ringside.benchmarks.training;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure of the trainer that is promised.
 *
 * @param key its name
 * @param about what it is, in a sentence
 * @param figure what is measured
 * @param better which way is better
 * @param must what the mean over the seeds must reach
 * @param goal what it should
 * @param beside what is told beside it, and promised by nobody; null for nothing
 * @param references what others score
 */
public record Measure(
        String key,
        String about,
        Figure figure,
        Better better,
        double must,
        double goal,
        @Nullable Beside beside,
        List<Reference> references) {
    /** Which way is better. */
    public enum Better {
        /** More. */
        HIGHER,
        /** Less. */
        LOWER
    }

    /**
     * Another metric of the same trainings.
     *
     * @param metric its name
     * @param about what it is
     */
    public record Beside(String metric, String about) {}

    /** Copies the list. */
    public Measure {
        references = List.copyOf(references);
    }

    /** Nothing is told beside it. */
    public Measure(
            String key,
            String about,
            Figure figure,
            Better better,
            double must,
            double goal,
            List<Reference> references) {
        this(key, about, figure, better, must, goal, null, references);
    }

    /** Whether a value is as good as another. */
    boolean reaches(double value, double bound) {
        return switch (better) {
            case HIGHER -> value >= bound;
            case LOWER -> value <= bound;
        };
    }
}
