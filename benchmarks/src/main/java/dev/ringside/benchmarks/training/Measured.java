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
 * @param document what was trained, its path in the source tree
 * @param digest SHA-256 of the document and of all that it reads
 * @param lowerIsBetter whether less is better
 * @param must what the mean must reach
 * @param goal what it should
 * @param seeds how many values there are
 * @param values one a seed, those of 1, 2, … in this order
 * @param mean of the values; null where a training failed
 * @param deviation their standard deviation (divisor n − 1); null where there are fewer than two
 * @param met whether the mean reaches what it must
 * @param goalMet whether it reaches what it should
 * @param beside the mean of what is told beside it; null where nothing is
 * @param peakGb the most memory that a training's process had resident at once, in GB of 10⁹ bytes; null where its program
 *     does not tell
 * @param seconds what its trainings took together
 * @param reason why there is no mean; null where there is one
 * @param references what others score
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Measured(
        @JsonIgnore Measure measure,
        String key,
        String about,
        String document,
        String digest,
        boolean lowerIsBetter,
        double must,
        double goal,
        int seeds,
        List<Double> values,
        @Nullable Double mean,
        @Nullable Double deviation,
        boolean met,
        boolean goalMet,
        @Nullable Double beside,
        @Nullable Double peakGb,
        double seconds,
        @Nullable String reason,
        List<Reference> references) {

    /** Sums up values, one a seed, at least one. */
    static Measured of(
            Measure measure,
            String digest,
            List<Double> values,
            @Nullable Double beside,
            @Nullable Double peakGb,
            double seconds) {
        double mean = mean(values);
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        Double deviation = values.size() < 2 ? null : (Double) StrictMath.sqrt(squares / (values.size() - 1));
        return of(measure, digest, values, mean, deviation, beside, peakGb, seconds, null);
    }

    /** A training ended without a version: what must be reached is missed. */
    static Measured failed(Measure measure, String digest, String reason, double seconds) {
        return of(measure, digest, List.of(), null, null, null, null, seconds, reason);
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    }

    private static Measured of(
            Measure measure,
            String digest,
            List<Double> values,
            @Nullable Double mean,
            @Nullable Double deviation,
            @Nullable Double beside,
            @Nullable Double peakGb,
            double seconds,
            @Nullable String reason) {
        return new Measured(
                measure,
                measure.key(),
                measure.about(),
                measure.figure().training().document(),
                digest,
                measure.better() == Measure.Better.LOWER,
                measure.must(),
                measure.goal(),
                values.size(),
                List.copyOf(values),
                mean,
                deviation,
                mean != null && measure.reaches(mean, measure.must()),
                mean != null && measure.reaches(mean, measure.goal()),
                beside,
                peakGb,
                seconds,
                reason,
                measure.references());
    }
}
