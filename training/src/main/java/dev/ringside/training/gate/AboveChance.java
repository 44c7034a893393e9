package dev.ringside.training.gate;

import dev.ringside.training.evaluation.Auc;
import dev.ringside.training.evaluation.Estimate;
import dev.ringside.training.evaluation.Judged;
import dev.ringside.training.evaluation.ScoredRows;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Asks that the model orders rows better than chance does: the lower end of its AUC's interval lies above .5 and a
 * margin. A model of shuffled labels ends here.
 *
 * @param margin above .5, from 0
 * @param level of the interval; without a margin a model of noise passes (1 − level)/2 of the time, so take it high: a
 *     model that is worth anything clears any
 */
public record AboveChance(double margin, double level) implements Gate {
    private static final double CHANCE = 0.5;

    /** No margin, level .999: noise passes once in 2,000. */
    public static AboveChance standard() {
        return new AboveChance(0, 0.999);
    }

    @Override
    public String name() {
        return "above_chance";
    }

    @Override
    public Verdict judge(Evidence evidence) {
        Judged judged = evidence.challenger();
        Optional<Estimate> area =
                judged instanceof ScoredRows rows ? Auc.of(rows).map(found -> found.interval(level)) : Optional.empty();
        double low = area.map(Estimate::low).orElse(Double.NaN);
        if (Double.isNaN(low)) {
            return new Verdict.Refused(
                    name(),
                    "no AUC: expected a yes or no, and rows of both among the " + judged.size() + " of the test part",
                    Map.of());
        }
        double limit = CHANCE + margin;
        return Verdict.of(
                low > limit,
                name(),
                String.format(
                        Locale.ROOT,
                        low > limit
                                ? "AUC %s at level %s: the whole interval lies above %.4f"
                                : "AUC %s at level %s: the interval does not lie above %.4f, so the model may order"
                                        + " rows by chance; are labels and features of the same rows?",
                        area.orElseThrow(),
                        level,
                        limit),
                Map.of("auc", area.orElseThrow().value(), "low", low, "limit", limit));
    }
}
