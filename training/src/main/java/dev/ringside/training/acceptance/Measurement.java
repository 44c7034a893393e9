package dev.ringside.training.acceptance;

import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.evaluation.Auc;
import dev.ringside.training.evaluation.AucDifference;
import dev.ringside.training.evaluation.Evaluation;
import dev.ringside.training.evaluation.Judged;
import dev.ringside.training.evaluation.PartReport;
import dev.ringside.training.evaluation.ScoredRows;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.learning.Refitted;
import dev.ringside.training.split.PartRows;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a document wants a model's scores to be measured by. */
public final class Measurement {
    private final TrainingConfiguration configuration;

    public Measurement(TrainingConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * What was measured.
     *
     * @param metrics by name, and how the fitting went
     * @param scores the model's scores of the test part, one a row
     */
    @SuppressWarnings("ArrayRecordComponent") // as many values as the data has rows; never compared
    public record Evaluated(Map<String, Double> metrics, double[] scores) {}

    /** Measures a model on the parts that it was not fitted to. */
    public Evaluated of(Predictor predictor, PartRows data) {
        Map<String, Double> metrics = new TreeMap<>(predictor.facts());
        metrics.put("train_rows", (double) data.train().size());
        metrics.put("outside_rows", (double) data.outside());
        Table watched = data.validation();
        if (watched != null) {
            metrics.putAll(watched(predictor, watched));
        }
        double[] scores = predictor.score(data.test());
        if (predictor instanceof Refitted(Predictor _, Predictor stopped, Map<String, Double> _) && stopped != null) {
            metrics.putAll(beside(data.test(), scores, stopped.score(data.test())));
        }
        metrics.putAll(metrics("test", judged(data.test(), scores), segments(data.test())));
        metrics.putAll(tasks("test", predictor, data.test()));
        return new Evaluated(metrics, scores);
    }

    /** The metrics of a model on the validation part, before it was fitted to that too. */
    public Map<String, Double> watched(Predictor predictor, Table validation) {
        Map<String, Double> metrics = new TreeMap<>(
                metrics("validation", judged(validation, stopped(predictor).score(validation)), null));
        metrics.putAll(tasks("validation", stopped(predictor), validation));
        return metrics;
    }

    /** What a model says of the tasks beside the label, of the rows that have theirs: {@code task.delay.test_rmse}. */
    private Map<String, Double> tasks(String part, Predictor predictor, Table rows) {
        Map<String, Double> metrics = new TreeMap<>();
        if (!configuration.roles().tasks().isEmpty()) {
            List<double[]> scores = predictor.scoreAll(rows);
            Tasks.judged(configuration.roles().tasks(), rows, scores.subList(1, scores.size()))
                    .forEach((name, judged) -> metrics(new Evaluation(List.of()), part, judged, null)
                            .forEach((metric, value) -> metrics.put("task." + name + "." + metric, value)));
        }
        return metrics;
    }

    /** The metrics of scores of the rows that a fold holds out. */
    public Map<String, Double> held(Table rows, double[] scores) {
        return metrics("folds", judged(rows, scores), null);
    }

    /** The model that had not seen the validation rows. */
    private static Predictor stopped(Predictor predictor) {
        return predictor instanceof Refitted(Predictor model, Predictor stopped, Map<String, Double> _)
                ? stopped == null ? model : stopped
                : predictor;
    }

    /** What the model before the refit scores on the test part, and the paired difference: told, and nothing chosen by it. */
    private Map<String, Double> beside(Table test, double[] scores, double[] before) {
        Map<String, Double> metrics = new TreeMap<>(metrics("stopped_test", judged(test, before), null));
        if (judged(test, scores) instanceof ScoredRows now && judged(test, before) instanceof ScoredRows then) {
            Auc.of(now)
                    .ifPresent(after -> Auc.of(then).ifPresent(first -> {
                        AucDifference gain = AucDifference.between(after, first, 0.95);
                        metrics.put("refit_auc_gain", gain.difference());
                        metrics.put("refit_auc_gain_low", gain.low());
                        metrics.put("refit_auc_gain_high", gain.high());
                    }));
        }
        return metrics;
    }

    /** Each row's segment; null where metrics are not told by segment. */
    public String @Nullable [] segments(Table rows) {
        String groups = configuration.groups();
        return groups == null ? null : rows.texts(groups);
    }

    /** Rows with their labels beside a model's scores of them. */
    public Judged judged(Table rows, double[] scores) {
        return Acceptance.judged(configuration.roles().label(), rows, scores);
    }

    private Map<String, Double> metrics(String part, Judged judged, String @Nullable [] segments) {
        return metrics(new Evaluation(configuration.payOffs()), part, judged, segments);
    }

    private static Map<String, Double> metrics(
            Evaluation evaluation, String part, Judged judged, String @Nullable [] segments) {
        if (judged instanceof ScoredRows rows) {
            return evaluation.metrics(part, rows.labels(), rows.scores(), segments);
        }
        Map<String, Double> metrics = new TreeMap<>();
        for (PartReport report : evaluation.reports(part, judged, segments)) {
            String of = report.segment() == null ? "" : "/" + report.segment();
            metrics.put(part + "_rows" + of, (double) report.rows());
            report.metrics().forEach((name, estimate) -> {
                metrics.put(part + "_" + name + of, estimate.value());
                if (estimate.low() != null && estimate.high() != null) {
                    metrics.put(part + "_" + name + "_low" + of, estimate.low());
                    metrics.put(part + "_" + name + "_high" + of, estimate.high());
                }
            });
        }
        return metrics;
    }
}
