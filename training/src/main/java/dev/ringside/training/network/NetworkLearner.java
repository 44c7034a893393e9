package dev.ringside.training.network;

import dev.ringside.training.dataset.Task;
import dev.ringside.training.learning.EarlyStopping;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Learner;
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
import org.bytedeco.pytorch.OptimizerParamGroupVector;
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

    /** @param target what it predicts */
    public NetworkLearner(NetworkSettings settings, Target target) {
        this(settings, target, null, List.of());
    }

    /**
     * @param target what it predicts
     * @param tasks what else it predicts, from the same hidden layers; only the target tells when to stop
     */
    public NetworkLearner(NetworkSettings settings, Target target, List<Task> tasks) {
        this(settings, target, null, tasks);
    }

    /**
     * @param target what it predicts
     * @param start the fitted network that it begins with; null to begin anew
     */
    public NetworkLearner(NetworkSettings settings, Target target, @Nullable WarmStart start) {
        this(settings, target, start, List.of());
    }

    private NetworkLearner(NetworkSettings settings, Target target, @Nullable WarmStart start, List<Task> tasks) {
        this.settings = settings;
        this.target = target;
        this.start = start;
        this.tasks = List.copyOf(tasks);
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
        Network network = Network.of(train.features().parts(), settings, NetworkModel.outputs(target, tasks));
        Weights initial = network.initial(new SplittableRandom(run.seed()));
        if (start != null) {
            start.inherit(network, initial);
            if (start.mode().keepsHead()) {
                goals.getFirst().unit().enter(initial, 0);
            }
        }
        List<List<String>> stages = network.stages();
        var stopping = EarlyStopping.of(run, settings.patience());
        byte[] last = run.checkpoints().last();
        NetworkState state = last == null ? null : NetworkState.read(last, stopping);
        Map<String, Double> facts = new TreeMap<>(state == null ? Map.of() : state.facts());
        Weights best = state == null ? initial : state.best();
        try (PointerScope _ = new PointerScope()) {
            var parameters = new Parameters(state == null ? initial : state.present(), true);
            AdamW optimizer = optimizer(parameters, stages);
            if (state != null) {
                OptimizerState.restore(optimizer, state.optimizer());
            }
            var teaching = new Batches(network, train, goals);
            Batches watched = limit != null || validation == null ? null : new Batches(network, validation, goals);
            if (state == null && settings.pretraining() > 0 && start == null) {
                new Pretraining(network, settings, teaching, run).run(parameters);
            }
            int epochs = limit == null ? settings.epochs() : limit;
            if (state == null
                    && watched != null
                    && start != null
                    && start.mode().keepsHead()) {
                stopping.begin(loss(network, parameters, watched, goals.getFirst()));
            }
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
                torch.manual_seed(run.derived("dropout", epoch).seed());
                Arrays.setAll(order, i -> i);
                Shuffle.shuffle(order, run.derived("epoch", epoch).seed());
                double trainingLoss = pass(
                        network, parameters, optimizer, teaching, order, thawed, new Loss(goals, settings.focal()));
                Double validationLoss =
                        watched == null ? null : (Double) loss(network, parameters, watched, goals.getFirst());
                if (!Double.isFinite(trainingLoss) || (validationLoss != null && !Double.isFinite(validationLoss))) {
                    throw new IllegalStateException("the loss is not finite in epoch " + epoch
                            + ": lower learning_rate, which is " + settings.learningRate());
                }
                if (epoch == 1) {
                    parameters.gradientNorms().forEach((name, norm) -> facts.put("gradient_norm." + name, norm));
                }
                double judged = -epoch; // with nothing to be judged by, each pass is better than the one before
                if (watched != null && validation != null && validationLoss != null) {
                    StopRule rule = run.stop();
                    judged = rule == null
                            ? validationLoss
                            : rule.measure()
                                    .of(
                                            scores(
                                                    network,
                                                    parameters,
                                                    watched,
                                                    goals.getFirst().unit()),
                                            validation);
                }
                best = stopping.observe(judged) ? parameters.copy() : best;
                run.epochs().epoch(epoch, epochs, trainingLoss, validationLoss);
                Weights kept = best;
                run.checkpoints()
                        .offer(() -> state(parameters, kept, optimizer, facts).bytes(stopping));
            }
            if (stopping.epoch() > begun) {
                run.checkpoints().keep(state(parameters, best, optimizer, facts).bytes(stopping));
            }
        }
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

    private static NetworkState state(Parameters parameters, Weights best, AdamW optimizer, Map<String, Double> facts) {
        return new NetworkState(parameters.copy(), best, OptimizerState.of(optimizer), facts);
    }

    /** One rate for all, or where a fitted network is changed a rate for each stage. */
    private AdamW optimizer(Parameters parameters, List<List<String>> stages) {
        if (start == null) {
            return new AdamW(parameters.trained(), options(settings.learningRate()));
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

    /** What an optimizer steps, of all its groups. */
    private static TensorVector stepped(AdamW optimizer) {
        var all = new TensorVector();
        OptimizerParamGroupVector groups = optimizer.param_groups();
        for (long group = 0; group < groups.size(); group++) {
            for (Tensor each : groups.get(group).params().get()) {
                all.push_back(each);
            }
        }
        return all;
    }

    private double pass(
            Network network, Parameters parameters, AdamW optimizer, Batches rows, int[] order, int thawed, Loss loss) {
        double unit = loss.goals().getFirst().lossUnit();
        double sum = 0;
        try (PointerScope _ = new PointerScope()) {
            Tensor shuffled = torch.tensor(order);
            for (int start = 0; start < order.length; start += settings.batch()) {
                int size = Math.min(settings.batch(), order.length - start);
                try (PointerScope _ = new PointerScope()) {
                    Batches.Batch batch = rows.at(shuffled.narrow(0, start, size));
                    Tensor mean = loss.mean(
                            network.forward(batch.inputs(), parameters, thawed), batch.targets(), batch.weights());
                    optimizer.zero_grad();
                    mean.backward();
                    if (settings.clip() > 0) {
                        torch.clip_grad_norm_(stepped(optimizer), settings.clip());
                    }
                    optimizer.step();
                    sum += size * mean.item_double();
                }
            }
        }
        return unit * sum / order.length;
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
