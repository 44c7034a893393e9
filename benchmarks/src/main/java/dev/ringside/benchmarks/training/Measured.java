package dev.ringside.benchmarks.training;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A measure with what was found.
 *
 * @param measure what is promised
 * @param key its name
 * @param about what it is
 * @param document what was trained, its path in the source tree; null where nothing was
 * @param lowerIsBetter whether less is better
 * @param must what the mean must reach
 * @param goal what it should
 * @param seeds how many values there are
 * @param values one a seed, those of 1, 2, … in this order
 * @param mean of the values; null where there are none
 * @param deviation their standard deviation (divisor n − 1); null where there are fewer than two
 * @param met whether the mean reaches what it must; null where nothing could be measured
 * @param goalMet whether it reaches what it should
 * @param seconds what its trainings took together
 * @param reason why there is no figure; null where there is one
 * @param references what others score
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Measured(
        @JsonIgnore Measure measure,
        String key,
        String about,
        @Nullable String document,
        boolean lowerIsBetter,
        double must,
        double goal,
        int seeds,
        List<Double> values,
        @Nullable Double mean,
        @Nullable Double deviation,
        @Nullable Boolean met,
        @Nullable Boolean goalMet,
        double seconds,
        @Nullable String reason,
        List<Reference> references) {

    /** Sums up values, one a seed, at least one. */
    static Measured of(Measure measure, List<Double> values, double seconds) {
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return of(
                measure,
                values,
                mean,
                values.size() < 2 ? null : (Double) StrictMath.sqrt(squares / (values.size() - 1)),
                measure.reaches(mean, measure.must()),
                measure.reaches(mean, measure.goal()),
                seconds,
                null);
    }

    /** A training ended without a version: what must be reached is missed. */
    static Measured failed(Measure measure, String reason, double seconds) {
        return of(measure, List.of(), null, null, false, false, seconds, reason);
    }

    /** Nothing could be measured, so nothing is missed. */
    static Measured absent(Measure measure, String reason) {
        return of(measure, List.of(), null, null, null, null, 0, reason);
    }

    private static Measured of(
            Measure measure,
            List<Double> values,
            @Nullable Double mean,
            @Nullable Double deviation,
            @Nullable Boolean met,
            @Nullable Boolean goalMet,
            double seconds,
            @Nullable String reason) {
        Training training = measure.figure().training();
        return new Measured(
                measure,
                measure.key(),
                measure.about(),
                training == null ? null : training.document(),
                measure.better() == Measure.Better.LOWER,
                measure.must(),
                measure.goal(),
                values.size(),
                List.copyOf(values),
                mean,
                deviation,
                met,
                goalMet,
                seconds,
                reason,
                measure.references());
    }
}
