package dev.ringside.training.gate;

import dev.ringside.training.evaluation.Auc;
import dev.ringside.training.evaluation.ClassifiedRows;
import dev.ringside.training.evaluation.Estimate;
import dev.ringside.training.evaluation.MacroAuc;
import dev.ringside.training.evaluation.PredictedRows;
import dev.ringside.training.evaluation.ScoredRows;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Asks that the model orders rows better than chance does: the lower end of its AUC's interval lies above .5 and a
 * margin; of several classes, of the mean of each class's AUC against the others. A model of shuffled labels ends here.
 *
 * @param margin above .5, from 0
 * @param level of the interval; without a margin a model of noise passes (1 − level)/2 of the time, so take it high: a
 *     model that is worth anything clears any
 */
public record AboveChance(double margin, double level) implements Gate {
    private static final double CHANCE = 0.5;

    /** A class with fewer rows in the test part says nothing of how classes are told apart. */
    private static final int LEAST_OF_A_CLASS = 10;

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
        return switch (evidence.challenger()) {
            case ScoredRows rows ->
                verdict(
                        "AUC",
                        Auc.of(rows).map(area -> area.interval(level)),
                        "expected rows of both a yes and a no among the " + rows.size() + " of the test part");
            case ClassifiedRows rows -> {
                Optional<MacroAuc> mean = MacroAuc.of(rows, LEAST_OF_A_CLASS);
                yield verdict(
                        "mean AUC of "
                                + mean.map(MacroAuc::classes)
                                        .filter(classes -> classes < rows.classes())
                                        .map(classes -> classes + " of ")
                                        .orElse("")
                                + rows.classes() + " classes against the others",
                        mean.map(area -> area.interval(level)),
                        "expected " + LEAST_OF_A_CLASS + " rows of a class, and of the others, among the " + rows.size()
                                + " of the test part");
            }
            case PredictedRows _ ->
                new Verdict.Refused(name(), "no AUC: a number has none; expected a yes or no, or classes", Map.of());
        };
    }

    private Verdict verdict(String measure, Optional<Estimate> area, String expected) {
        double low = area.map(Estimate::low).orElse(Double.NaN);
        if (Double.isNaN(low)) {
            return new Verdict.Refused(name(), "no " + measure + ": " + expected, Map.of());
        }
        double limit = CHANCE + margin;
        return Verdict.of(
                low > limit,
                name(),
                String.format(
                        Locale.ROOT,
                        low > limit
                                ? "%s %s at level %s: the whole interval lies above %.4f"
                                : "%s %s at level %s: the interval does not lie above %.4f, so the model may order"
                                        + " rows by chance; are labels and features of the same rows?",
                        measure,
                        area.orElseThrow(),
                        level,
                        limit),
                Map.of("auc", area.orElseThrow().value(), "low", low, "limit", limit));
    }
}
