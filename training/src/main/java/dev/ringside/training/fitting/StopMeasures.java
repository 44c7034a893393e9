package dev.ringside.training.fitting;

import dev.ringside.training.configuration.FittingSettings.Stop;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.evaluation.Auc;
import dev.ringside.training.evaluation.LogLoss;
import dev.ringside.training.evaluation.PayOff;
import dev.ringside.training.evaluation.ScoredRows;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.StopRule;
import org.jspecify.annotations.Nullable;

/** What a document wants fittings to be stopped by. */
final class StopMeasures {
    private StopMeasures() {}

    /** The rule; null for each learner's own loss. */
    static @Nullable StopRule of(TrainingConfiguration configuration) {
        Stop stop = configuration.fitting().stop();
        return stop == null
                ? null
                : new StopRule(measure(configuration, stop.metric()), stop.patience(), stop.leastGain());
    }

    private static StopRule.Measure measure(TrainingConfiguration configuration, String metric) {
        return switch (metric) {
            case "auc" ->
                (scores, rows) ->
                        Auc.of(scored(scores, rows)).map(auc -> -auc.value()).orElse(Double.NaN);
            case "log_loss" -> (scores, rows) -> LogLoss.of(scored(scores, rows));
            case "rmse" -> (scores, rows) -> StrictMath.sqrt(error(scores, rows, 2));
            case "mae" -> (scores, rows) -> error(scores, rows, 1);
            default -> {
                PayOff payOff = configuration.payOffs().stream()
                        .filter(one -> one.name().equals(metric))
                        .findFirst()
                        .orElseThrow();
                yield (scores, rows) -> -payOff.of(scored(scores, rows));
            }
        };
    }

    /** The mean of the distances between scores and numbers, to some power. */
    private static double error(double[] scores, Examples rows, int power) {
        double sum = 0;
        double counted = 0;
        for (int row = 0; row < scores.length; row++) {
            double distance = Math.abs(scores[row] - rows.targets()[row]);
            sum += rows.weight(row) * (power == 2 ? distance * distance : distance);
            counted += rows.weight(row);
        }
        return sum / counted;
    }

    private static ScoredRows scored(double[] scores, Examples rows) {
        boolean[] labels = new boolean[rows.size()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = rows.targets()[row] == 1;
        }
        return new ScoredRows(labels, scores, rows.weights());
    }
}
