package dev.ringside.training.fitting;

import dev.ringside.training.configuration.FittingSettings.Refit;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.learning.Averaged;
import dev.ringside.training.learning.Checkpoints;
import dev.ringside.training.learning.Estimator;
import dev.ringside.training.learning.FittingHistory;
import dev.ringside.training.learning.Passes;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.learning.Refitted;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.network.Parallelism;
import dev.ringside.training.progress.Progress;
import dev.ringside.training.split.Folds.Fold;
import dev.ringside.training.split.PartRows;
import dev.ringside.training.split.TrainingSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Fits what a document asks for: once, and then perhaps again to the validation rows too; or fold by fold, where each fold
 * tells the model of the others when to stop.
 */
public final class Fitting {
    /** Into how many folds rows are cut where a document names none. */
    private static final int CHOICE_FOLDS = 5;

    private final TrainingConfiguration configuration;
    private final Progress progress;
    private final LossRecord losses;
    private final BiFunction<Table, double[], Map<String, Double>> measured;
    private final Parallelism parallelism;

    /**
     * @param parallelism how the work of networks is divided
     * @param measured the metrics of a model's scores of rows, by name
     */
    public Fitting(
            TrainingConfiguration configuration,
            Progress progress,
            Parallelism parallelism,
            BiFunction<Table, double[], Map<String, Double>> measured) {
        this.configuration = configuration;
        this.progress = progress;
        this.losses = new LossRecord(progress);
        this.parallelism = parallelism;
        this.measured = measured;
    }

    /**
     * What was fitted fold by fold.
     *
     * @param models one a fold
     * @param metrics mean and deviation over the folds of each metric of the rows held out
     */
    public record CrossFitted(List<Predictor> models, Map<String, Double> metrics) {}

    /** Fits, or goes on with what lies in the checkpoints. */
    public Learnt fit(PartRows data, Checkpoints checkpoints) {
        Predictor predictor = predictor(data, checkpoints);
        return new Learnt(predictor, new FittingHistory(predictor.facts(), losses.kept()));
    }

    private Predictor predictor(PartRows data, Checkpoints checkpoints) {
        Estimator estimator = Estimators.of(configuration, parallelism);
        var passes = new Passes();
        RunContext run = run(checkpoints, passes);
        Refit refit = configuration.fitting().refit();
        if (configuration.fitting().folds() > 0) {
            CrossFitted folds = folds(data, checkpoints, passes);
            if (refit == Refit.FOLDS) {
                return new Refitted(new Averaged(folds.models()), null, folds.metrics());
            }
            progress.stage("fitting to all " + data.train().size() + " rows");
            return new Refitted(
                    estimator.fit(data.train(), null, run.with(passes.fixed()).at("refit")), null, folds.metrics());
        }
        if (refit == Refit.AUTO) {
            return chosen(data, checkpoints);
        }
        if (refit == Refit.NONE) {
            return estimator.fit(data.train(), data.validation(), run);
        }
        Predictor stopped = estimator.fit(data.train(), data.validation(), run.at("stopped"));
        return again(data, estimator, stopped, run.with(passes.fixed()), Map.of());
    }

    private Refitted again(
            PartRows data, Estimator estimator, Predictor stopped, RunContext run, Map<String, Double> found) {
        var all = data.withoutValidation().get();
        progress.stage("fitting to all " + all.size() + " rows but the test part");
        return new Refitted(estimator.fit(all, null, run.at("refit")), stopped, found);
    }

    /** What does best on half of the validation part, which no candidate has seen, then done with all of it. */
    private Predictor chosen(PartRows data, Checkpoints checkpoints) {
        Table validation = data.validation();
        if (validation == null) {
            throw new IllegalStateException("nothing to choose by: the split has no validation part");
        }
        var choice = new RefitChoice(configuration);
        Fold halves = choice.halves(validation);
        progress.stage("choosing what follows by " + halves.test().length + " rows of the validation part");
        Estimator estimator = Estimators.of(configuration, parallelism);
        var tried = new Passes();
        RunContext trial = run(checkpoints, tried).at("choice");
        Predictor first = estimator.fit(data.train(), validation.select(halves.train()), trial.at("stopped"));
        RefitChoice.Chosen chosen = choice.choose(
                validation.select(halves.test()),
                first,
                side -> estimator.fit(side, null, trial.with(tried.fixed()).at("refit")),
                side -> new Averaged(folds(side, CHOICE_FOLDS, trial).models()),
                data.withSome().apply(halves.train()));
        var passes = new Passes();
        RunContext run = run(checkpoints, passes);
        progress.stage("fitting what was chosen: " + RefitChoice.name(chosen.refit()));
        Predictor stopped = estimator.fit(data.train(), validation, run.at("stopped"));
        return switch (chosen.refit()) {
            case NONE, AUTO -> new Refitted(stopped, null, chosen.facts());
            case ALL -> again(data, estimator, stopped, run.with(passes.fixed()), chosen.facts());
            case FOLDS ->
                new Refitted(
                        new Averaged(folds(data.withoutValidation().get(), CHOICE_FOLDS, run)
                                .models()),
                        stopped,
                        chosen.facts());
        };
    }

    private RunContext run(Checkpoints checkpoints, Passes passes) {
        return new RunContext(configuration.seed(), losses, checkpoints, StopMeasures.of(configuration), passes);
    }

    /**
     * Fits to all folds but one, for each.
     *
     * @param passes told how many passes were best
     */
    public CrossFitted folds(PartRows data, Checkpoints checkpoints, Passes passes) {
        return folds(data.train(), configuration.fitting().folds(), run(checkpoints, passes));
    }

    private CrossFitted folds(TrainingSide side, int count, RunContext run) {
        Table rows = side.rows();
        List<Fold> folds = Estimators.folds(configuration, rows, count);
        List<Predictor> models = new ArrayList<>();
        Map<String, List<Double>> values = new TreeMap<>();
        for (Fold fold : folds) {
            progress.stage("fold " + (models.size() + 1) + " of " + folds.size());
            Table held = rows.select(fold.test());
            Predictor model = Estimators.of(configuration, parallelism)
                    .fit(side.of(fold), held, run.derived("fold", models.size()).with(run.passes()));
            models.add(model);
            measured.apply(held, model.score(held))
                    .forEach((name, value) ->
                            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
        }
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("folds", (double) folds.size());
        values.forEach((name, found) -> {
            if (found.size() == folds.size() && !name.matches(".*_(rows|low|high)")) {
                double mean = found.stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(Double.NaN);
                double squares = found.stream()
                        .mapToDouble(value -> (value - mean) * (value - mean))
                        .sum();
                metrics.put(name, mean);
                metrics.put(name + "_deviation", StrictMath.sqrt(squares / (found.size() - 1)));
            }
        });
        return new CrossFitted(models, metrics);
    }
}
