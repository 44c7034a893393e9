package dev.ringside.training.network;

import dev.ringside.training.dataset.Task;
import dev.ringside.training.learning.EarlyStopping;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Learner;
import dev.ringside.training.learning.LossHistory;
import dev.ringside.training.learning.Model;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.learning.StopRule;
import dev.ringside.training.split.Shuffle;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OptimizerParamGroup;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A feed-forward network fitted by AdamW on shuffled batches until the validation loss stops falling; the weights are
 * those of the pass where it was least.
 */
public final class NetworkLearner implements Learner {
    private static final int ROWS_AT_ONCE = 16_384;

    private final NetworkSettings settings;
    private final Target target;
    private final @Nullable WarmStart start;
    private final List<Task> tasks;
    private final Parallelism parallelism;

    /** @param target what it predicts */
    public NetworkLearner(NetworkSettings settings, Target target) {
        this(settings, target, null, List.of(), new Parallelism.None());
    }

    /**
     * @param target what it predicts
     * @param start the fitted network that it begins with; null to begin anew
     * @param tasks what else it predicts, from the same hidden layers; only the target tells when to stop
     * @param parallelism how the work is divided
     */
    public NetworkLearner(
            NetworkSettings settings,
            Target target,
            @Nullable WarmStart start,
            List<Task> tasks,
            Parallelism parallelism) {
        this.settings = settings;
        this.target = target;
        this.start = start;
        this.tasks = List.copyOf(tasks);
        this.parallelism = parallelism;
    }

    @Override
    public boolean needsValidation() {
        return true;
    }

    @Override
    public Model fit(Examples train, @Nullable Examples validation, RunContext run) {
        Integer limit = run.passes().limit();
        if (validation == null && limit == null) {
            throw new IllegalArgumentException("a network needs validation rows to know when to stop");
        }
        Libtorch.load();
        torch.manual_seed(run.seed());
        List<Goal> goals = Goal.of(target, settings.huber(), tasks, train);
        Goal label = goals.getFirst();
        Network network = Network.of(
                train.features().parts(), settings, NetworkModel.outputs(target, tasks), parallelism.statistics());
        Weights initial = network.initial(new SplittableRandom(run.seed()));
        if (start != null) {
            start.inherit(network, initial);
            if (start.mode().keepsHead()) {
                label.unit().enter(initial, 0);
            }
        }
        List<List<String>> stages = network.stages();
        var stopping = EarlyStopping.of(run, settings.patience());
        var losses = new LossHistory();
        byte[] last = run.checkpoints().last();
        NetworkState state = last == null ? null : NetworkState.read(last, stopping, losses);
        Map<String, Double> facts = new TreeMap<>(state == null ? Map.of() : state.facts());
        Weights best = state == null ? initial : state.best();
        try (PointerScope _ = new PointerScope()) {
            var parameters = new Parameters(state == null ? initial : state.present(), true);
            try (Gradients gradients = gradients(network, parameters, goals)) {
                AdamW optimizer = optimizer(gradients, parameters, stages);
                if (state != null) {
                    gradients.remember(optimizer, state.optimizer());
                }
                var teaching = new Batches(network, train, goals);
                boolean watches = limit == null && validation != null;
                Batches watched = watches && validation != null && parallelism.leads()
                        ? new Batches(network, validation, goals)
                        : null;
                if (state == null && settings.pretraining() > 0 && start == null) {
                    new Pretraining(network, settings, teaching, run).run(parameters);
                }
                int epochs = limit == null ? settings.epochs() : limit;
                if (state == null && watches && start != null && start.mode().keepsHead()) {
                    double begins = watched == null ? 0 : loss(network, parameters, watched, label);
                    stopping.begin(parallelism.agree(new double[] {begins})[0]);
                }
                var descent = new Descent(
                        settings, parallelism.microBatches(settings), optimizer, gradients, label.lossUnit());
                int thawed = 0;
                int[] order = new int[train.size()];
                int begun = stopping.epoch();
                if (begun > 0) {
                    thawed = stage(begun, stages);
                    parameters.thaw(stages, thawed);
                }
                if (begun > 0 && begun < epochs && !stopping.exhausted()) {
                    run.epochs().goesOn(begun);
                }
                for (int epoch = begun + 1; epoch <= epochs && !stopping.exhausted(); epoch++) {
                    int stage = stage(epoch, stages);
                    if (stage != thawed) {
                        parameters.thaw(stages, stage);
                        stopping.hope();
                        thawed = stage;
                    }
                    // What a pass draws depends on the seed and its number alone, so that a fitting can go on from any.
                    long drawn = run.derived("dropout", epoch).seed();
                    torch.manual_seed(drawn);
                    Arrays.setAll(order, i -> i);
                    Shuffle.shuffle(order, run.derived("epoch", epoch).seed());
                    double trainingLoss = descent.pass(teaching, order, thawed, drawn);
                    // With nothing to be judged by, each pass is better than the one before.
                    double[] told = {-epoch, 0};
                    if (watched != null && validation != null) {
                        told[1] = loss(network, parameters, watched, label);
                        StopRule rule = run.stop();
                        told[0] = rule == null || !Double.isFinite(told[1])
                                ? told[1]
                                : rule.measure().of(scores(network, parameters, watched, label.unit()), validation);
                    }
                    told = parallelism.agree(told);
                    Double validationLoss = watches ? (Double) told[1] : null;
                    if (!Double.isFinite(trainingLoss)
                            || (validationLoss != null && !Double.isFinite(validationLoss))) {
                        throw new IllegalStateException("the loss is not finite in epoch " + epoch
                                + ": lower learning_rate, which is " + settings.learningRate());
                    }
                    if (epoch == 1) {
                        gradients.norms().forEach((name, norm) -> facts.put("gradient_norm." + name, norm));
                    }
                    parallelism.requireEqual(parameters, epoch);
                    best = stopping.observe(told[0]) ? parameters.copy() : best;
                    losses.add(trainingLoss, validationLoss);
                    run.epochs().epoch(epoch, epochs, trainingLoss, validationLoss);
                    Weights kept = best;
                    run.checkpoints()
                            .offer(() -> state(parameters, kept, descent, facts).bytes(stopping, losses));
                }
                if (stopping.epoch() > begun) {
                    run.checkpoints()
                            .keep(state(parameters, best, descent, facts).bytes(stopping, losses));
                }
                String account = gradients.account();
                if (!account.isEmpty()) {
                    run.epochs().says(account);
                }
            }
        }
        run.epochs().fitted(losses);
        run.passes().found(stopping.bestEpoch());
        facts.put("best_epoch", (double) stopping.bestEpoch());
        facts.put("parameters", (double) initial.trained());
        for (Goal goal : goals) {
            goal.unit().leave(best, goal.from());
        }
        return new NetworkModel(settings, train.features().parts(), best, target, tasks, facts);
    }

    /** How many stages a pass changes. */
    private int stage(int epoch, List<List<String>> stages) {
        return start == null ? stages.size() : start.thawed(epoch, stages.size());
    }

    private static NetworkState state(Parameters parameters, Weights best, Descent descent, Map<String, Double> facts) {
        return new NetworkState(parameters.copy(), best, descent.gradients().memory(descent.optimizer()), facts);
    }

    private Gradients gradients(Network network, Parameters parameters, List<Goal> goals) {
        var local = new Accumulated(network, parameters, new Loss(goals, settings.focal()));
        return switch (parallelism) {
            case Parallelism.None _ -> local;
            case Parallelism.Data(Ranks ranks) -> new Replicated(local, ranks);
            case Parallelism.Pipeline(Ranks ranks) -> new Staged(network, parameters, local.loss(), ranks);
            case Parallelism.Devices(List<String> names) -> new Scattered(local, names, settings.draws());
        };
    }

    /** One rate for all, or where a fitted network is changed a rate for each stage. */
    private AdamW optimizer(Gradients gradients, Parameters parameters, List<List<String>> stages) {
        if (start == null) {
            return new AdamW(gradients.stepped(), options(settings.learningRate()));
        }
        var optimizer = new AdamW(parameters.trained(stages.getFirst()), options(settings.learningRate()));
        double rate = settings.learningRate();
        for (List<String> stage : stages.subList(1, stages.size())) {
            rate *= start.rateDecay();
            TensorVector own = parameters.trained(stage);
            if (start.mode() != WarmStart.Mode.NEW_HEAD && !own.empty()) {
                optimizer.add_param_group(new OptimizerParamGroup(own, options(rate)));
            }
        }
        return optimizer;
    }

    private AdamWOptions options(double rate) {
        var options = new AdamWOptions(rate);
        options.weight_decay().put(settings.weightDecay());
        return options;
    }

    /** Each row's scores by the present weights, row after row. */
    private double[] scores(Network network, Parameters parameters, Batches rows, LabelUnit unit) {
        int width = target.width();
        double[] scores = new double[rows.size() * width];
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            for (int start = 0; start < rows.size(); start += ROWS_AT_ONCE) {
                int size = Math.min(ROWS_AT_ONCE, rows.size() - start);
                try (PointerScope _ = new PointerScope()) {
                    Tensor numbers = network.forward(rows.between(start, size).inputs(), parameters, 0);
                    float[] part = Parameters.floats(target.mean(Goal.narrow(numbers, target, 0)));
                    for (int i = 0; i < part.length; i++) {
                        scores[start * width + i] = unit.back(part[i]);
                    }
                }
            }
        }
        return scores;
    }

    /** What members say together is watched, not what each says. */
    private Tensor together(Tensor all) {
        Tensor numbers = Goal.narrow(all, target, 0);
        return numbers.dim() == 2 ? numbers : target.numbers(target.mean(numbers));
    }

    /**
     * The mean over all rows of what is watched, the label's loss in its own unit: never focal, so that settings can be
     * compared.
     */
    private double loss(Network network, Parameters parameters, Batches rows, Goal goal) {
        var loss = new Loss(List.of(goal), 0);
        double unit = goal.lossUnit();
        double sum = 0;
        double counted = 0;
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            for (int start = 0; start < rows.size(); start += ROWS_AT_ONCE) {
                try (PointerScope _ = new PointerScope()) {
                    Batches.Batch batch = rows.between(start, Math.min(ROWS_AT_ONCE, rows.size() - start));
                    double count = goal.own(batch.weights()).sum().item_double();
                    sum += count
                            * loss.mean(
                                            together(network.forward(batch.inputs(), parameters, 0)),
                                            batch.targets(),
                                            batch.weights())
                                    .item_double();
                    counted += count;
                }
            }
        }
        return unit * sum / counted;
    }
}
