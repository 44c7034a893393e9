package dev.ringside.training.fitting;

import dev.ringside.training.configuration.ModelChoice;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.learning.Averaging;
import dev.ringside.training.learning.Bagging;
import dev.ringside.training.learning.Estimator;
import dev.ringside.training.learning.Learner;
import dev.ringside.training.learning.Pipeline;
import dev.ringside.training.learning.Stacking;
import dev.ringside.training.logistic.LogisticLearner;
import dev.ringside.training.network.NetworkLearner;
import dev.ringside.training.network.Parallelism;
import dev.ringside.training.network.Target;
import dev.ringside.training.network.WarmStart;
import dev.ringside.training.sampling.ClassWeights;
import dev.ringside.training.sampling.SampledPipeline;
import dev.ringside.training.sampling.Sampling;
import dev.ringside.training.sampling.SelfTraining;
import dev.ringside.training.split.Folds;
import dev.ringside.training.split.Folds.Fold;
import dev.ringside.training.split.Split;
import dev.ringside.training.transfer.FineTuning;
import dev.ringside.training.transfer.Parent;
import dev.ringside.training.transfer.RegionalHeads;
import dev.ringside.training.transfer.Transfer;
import dev.ringside.training.trees.TreeLearner;
import dev.ringside.training.trees.TreeSettings;
import java.util.List;

/** Puts together what a configuration asks to be fitted. */
public final class Estimators {
    /** The penalty that keeps a combination of members that say the same from having no best weights. */
    private static final double COMBINER_DECAY = 1e-4;

    private final TrainingConfiguration configuration;
    private final boolean binary;
    private final Target target;
    private final Parallelism parallelism;

    private Estimators(TrainingConfiguration configuration, Parallelism parallelism) {
        this.configuration = configuration;
        this.parallelism = parallelism;
        target = Target.of(configuration.roles().label());
        binary = configuration.roles().label().kind() == Label.Kind.BINARY;
    }

    /** What a document asks for. */
    public static Estimator of(TrainingConfiguration configuration) {
        return of(configuration, new Parallelism.None());
    }

    /** @param parallelism how the work of networks is divided */
    static Estimator of(TrainingConfiguration configuration, Parallelism parallelism) {
        return new Estimators(configuration, parallelism).estimator(configuration.model());
    }

    private Estimator estimator(ModelChoice choice) {
        return switch (choice) {
            case ModelChoice.Logistic(double weightDecay) -> pipeline(choice, new LogisticLearner(weightDecay));
            case ModelChoice.Network network -> network(network);
            case ModelChoice.Trees(TreeSettings settings, double weight)
            when weight != 1 ->
                new SampledPipeline(shown(choice), new ClassWeights(weight), new TreeLearner(settings, binary));
            case ModelChoice.Trees trees -> pipeline(choice, new TreeLearner(trees.settings(), binary));
            case ModelChoice.Ensemble ensemble -> ensemble(ensemble);
        };
    }

    private Estimator network(ModelChoice.Network network) {
        return switch (configuration.transfer()) {
            case null ->
                pipeline(
                        network,
                        new NetworkLearner(
                                network.settings(),
                                target,
                                null,
                                configuration.roles().tasks(),
                                parallelism));
            case Transfer.Layers(Parent parent, WarmStart.Mode mode, double rateDecay) ->
                sampled(new FineTuning(
                        parent.checkpoint(),
                        network.shown(configuration.features()),
                        network.settings(),
                        target,
                        mode,
                        rateDecay,
                        configuration.sampling().none()
                                ? null
                                : configuration.sampling().sampler(),
                        parallelism));
            case Transfer.Regions(Parent parent, String by) -> new RegionalHeads(parent.checkpoint(), region(by));
        };
    }

    private FeatureSpec region(String by) {
        return configuration.inputs().stream()
                .filter(input -> input.name().equals(by))
                .findFirst()
                .orElseThrow();
    }

    private List<Represented> shown(ModelChoice choice) {
        return choice.shown(configuration.features());
    }

    /** The sample is drawn next to the learner: inside each bag and fold, so that none of its rows is on two sides. */
    private Estimator pipeline(ModelChoice choice, Learner learner) {
        List<Represented> shown = shown(choice);
        Sampling sampling = configuration.sampling();
        return sampled(
                sampling.none()
                        ? new Pipeline(shown, learner)
                        : new SampledPipeline(shown, sampling.sampler(), learner));
    }

    /** What draws a sample, as often as the document asks for, and believes rows without a label. */
    private Estimator sampled(Estimator estimator) {
        Sampling sampling = configuration.sampling();
        Estimator bagged = sampling.bags() == 1 ? estimator : Averaging.seeds(estimator, sampling.bags());
        SelfTraining.Settings selfTraining = sampling.selfTraining();
        return selfTraining == null ? bagged : new SelfTraining(bagged, selfTraining);
    }

    private Estimator ensemble(ModelChoice.Ensemble ensemble) {
        List<Estimator> members = ensemble.members().stream()
                .map(this::estimator)
                .map(member -> ensemble.seeds() == 1 ? member : Averaging.seeds(member, ensemble.seeds()))
                .map(member -> ensemble.bags() == 1 ? member : new Bagging(member, ensemble.bags()))
                .toList();
        return ensemble.folds() == 0
                ? new Averaging(members)
                : new Stacking(
                        members,
                        new LogisticLearner(COMBINER_DECAY),
                        (rows, seed) -> folds(rows, ensemble.folds(), seed));
    }

    /** Folds of rows, as the split cuts. */
    static List<Fold> folds(TrainingConfiguration configuration, Table rows, int count) {
        return new Estimators(configuration, new Parallelism.None()).folds(rows, count, configuration.seed());
    }

    /** Two halves of rows, as the split cuts: the test side lies later, or has other units. */
    static Fold halves(TrainingConfiguration configuration, Table rows) {
        boolean inOrder =
                configuration.split() instanceof Split.Periods || configuration.split() instanceof Split.Ordered;
        return folds(configuration, rows, inOrder ? 1 : 2).getFirst();
    }

    /** Folds that keep apart what the split keeps apart: times, or units. */
    private List<Fold> folds(Table rows, int count, long seed) {
        return switch (configuration.split()) {
            case Split.Periods _ -> Folds.ordered(rows, count, 0);
            case Split.Ordered ordered ->
                Folds.ordered(rows, count, ordered.gap().toMillis());
            case Split.Grouped grouped -> Folds.grouped(rows, grouped.unit(), count, seed);
            case Split.Random _, Split.Declared _ -> Folds.random(rows, count, true, seed);
        };
    }
}
