package dev.ringside.training.gate;

import dev.ringside.training.evaluation.Calibration;
import dev.ringside.training.evaluation.ScoredRows;
import java.util.Locale;
import java.util.Map;

/**
 * Asks that scores are probabilities: the expected calibration error in ten bins of equal mass is at most a limit. Of
 * few rows it is above 0 by chance alone, about √(2p(1 − p)/(π·rows a bin)) for positives of share p.
 *
 * @param most the greatest error let through, such as .02
 */
public record CalibrationLimit(double most) implements Gate {
    @Override
    public String name() {
        return "calibration";
    }

    @Override
    public Verdict judge(Evidence evidence) {
        if (!(evidence.challenger() instanceof ScoredRows rows) || rows.size() == 0) {
            return new Verdict.Refused(
                    name(), "no calibration error: expected rows with a yes or no in the test part", Map.of());
        }
        double error = Calibration.equalMass(rows, Calibration.BINS).error();
        return Verdict.of(
                error <= most,
                name(),
                String.format(
                        Locale.ROOT,
                        "calibration error %.4f in bins of equal mass on %d rows, at most %.4f allowed%s",
                        error,
                        rows.size(),
                        most,
                        error <= most ? "" : ": correct the scores for a changed prior, or calibrate them"),
                Map.of("calibration_error", error, "limit", most));
    }
}
