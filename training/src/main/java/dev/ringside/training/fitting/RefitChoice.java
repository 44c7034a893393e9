package dev.ringside.training.fitting;

import dev.ringside.training.acceptance.Acceptance;
import dev.ringside.training.configuration.FittingSettings.Refit;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.evaluation.Bootstrap;
import dev.ringside.training.evaluation.Estimate;
import dev.ringside.training.evaluation.Judged;
import dev.ringside.training.evaluation.RowLosses;
import dev.ringside.training.learning.Averaged;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.split.Folds.Fold;
import dev.ringside.training.split.TrainingSide;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Chooses what follows a fitting that the validation part stops, by rows that none of the candidates has seen: half of the
 * validation part takes the place of the whole, and the other half measures the model that it stopped, the one fitted once
 * more to all but that other half, and the average of folds of the same rows.
 */
public final class RefitChoice {
    private final TrainingConfiguration configuration;

    /** Of what a document asks to be fitted. */
    public RefitChoice(TrainingConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * What was chosen.
     *
     * @param refit the candidate whose mean loss of the other half was least
     * @param facts each one's mean loss, how much less it is than that of the stopped one with its interval, and which won
     */
    record Chosen(Refit refit, Map<String, Double> facts) {}

    /** The two halves of the validation part, cut as the split cuts: the second lies later, or has other units. */
    public Fold halves(Table validation) {
        return Estimators.halves(configuration, validation);
    }

    /**
     * Chooses.
     *
     * @param judged the half that measures
     * @param stopped the model of the training part, stopped by the first half
     * @param all fits to those rows and the first half for as many passes
     * @param folds fits to folds of the same rows
     * @param side those rows
     */
    Chosen choose(
            Table judged,
            Predictor stopped,
            Function<TrainingSide, Predictor> all,
            Function<TrainingSide, Averaged> folds,
            TrainingSide side) {
        Map<Refit, double[]> losses = new EnumMap<>(Refit.class);
        losses.put(Refit.NONE, losses(judged, stopped));
        losses.put(Refit.ALL, losses(judged, all.apply(side)));
        losses.put(Refit.FOLDS, losses(judged, folds.apply(side)));
        Judged rows = judged(judged, stopped);
        Map<String, Double> facts = new TreeMap<>();
        Refit best = Refit.NONE;
        double least = Double.POSITIVE_INFINITY;
        for (var candidate : losses.entrySet()) {
            String name = name(candidate.getKey());
            double mean = mean(rows, candidate.getValue());
            facts.put("refit_choice_loss_" + name, mean);
            if (candidate.getKey() != Refit.NONE) {
                Estimate gain = Bootstrap.seeded(0)
                        .difference(rows, losses.getOrDefault(Refit.NONE, new double[0]), candidate.getValue());
                facts.put("refit_choice_gain_" + name, gain.value());
                if (gain.low() != null && gain.high() != null) {
                    facts.put("refit_choice_gain_" + name + "_low", gain.low());
                    facts.put("refit_choice_gain_" + name + "_high", gain.high());
                }
            }
            if (mean < least) {
                least = mean;
                best = candidate.getKey();
            }
        }
        facts.put("refit_choice_" + name(best), 1.0);
        return new Chosen(best, facts);
    }

    /** What a candidate is called in facts. */
    public static String name(Refit refit) {
        return refit == Refit.NONE ? "stopped" : refit.name().toLowerCase(Locale.ROOT);
    }

    private Judged judged(Table rows, Predictor predictor) {
        return Acceptance.judged(configuration.roles().label(), rows, predictor.score(rows));
    }

    private double[] losses(Table rows, Predictor predictor) {
        return RowLosses.of(judged(rows, predictor));
    }

    private static double mean(Judged rows, double[] losses) {
        double[] weights = rows.weights();
        if (weights == null) {
            return Arrays.stream(losses).average().orElse(Double.NaN);
        }
        double sum = 0;
        double counted = 0;
        for (int row = 0; row < losses.length; row++) {
            sum += weights[row] * losses[row];
            counted += weights[row];
        }
        return sum / counted;
    }
}
