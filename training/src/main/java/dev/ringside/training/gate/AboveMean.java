package dev.ringside.training.gate;

import dev.ringside.training.evaluation.Bootstrap;
import dev.ringside.training.evaluation.Estimate;
import dev.ringside.training.evaluation.Judged;
import dev.ringside.training.evaluation.PredictedRows;
import dev.ringside.training.evaluation.Regression;
import java.util.Locale;
import java.util.Map;

/**
 * Asks that a model of a number tells more than the mean of the rows does: the lower end of R²'s interval lies above 0. A
 * model of shuffled labels ends here.
 *
 * @param bootstrap seed, resamples and level of the interval; take the level high, as a model that is worth anything
 *     clears any
 */
public record AboveMean(Bootstrap bootstrap) implements Gate {
    /** Level .999. */
    public static AboveMean standard() {
        return new AboveMean(new Bootstrap(0, 2_000, 0.999));
    }

    @Override
    public String name() {
        return "above_mean";
    }

    @Override
    public Verdict judge(Evidence evidence) {
        Judged judged = evidence.challenger();
        Estimate found = judged instanceof PredictedRows rows && rows.size() > 0
                ? Regression.estimates(rows, bootstrap).get("r_squared")
                : null;
        Double low = found == null ? null : found.low();
        if (found == null || low == null) {
            return new Verdict.Refused(
                    name(),
                    "no R²: expected a number that is not the same in all of the " + judged.size()
                            + " rows of the test part",
                    Map.of());
        }
        return Verdict.of(
                low > 0,
                name(),
                String.format(
                        Locale.ROOT,
                        low > 0
                                ? "R² %s at level %s: the whole interval lies above 0"
                                : "R² %s at level %s: the interval does not lie above 0, so the mean may tell as much; are"
                                        + " labels and features of the same rows?",
                        found,
                        bootstrap.level()),
                Map.of("r_squared", found.value(), "low", low));
    }
}
