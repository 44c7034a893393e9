package dev.ringside.training.trees;

import dev.ringside.training.learning.EarlyStopping;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Learner;
import dev.ringside.training.learning.LossHistory;
import dev.ringside.training.learning.Model;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.learning.StopRule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gradient-boosted trees fitted by XGBoost (Chen and Guestrin 2016) on histograms, until the validation loss (log loss,
 * for a number its root mean squared error or Huber's loss) stops falling; the trees are those up to where it was least.
 *
 * <p>XGBoost works on one thread, where its sums never vary in order: the same seed gives the same trees. It needs the
 * system's OpenMP library (Debian's package libgomp1).
 */
public final class TreeLearner implements Learner {
    private final TreeSettings settings;
    private final boolean binary;

    /** @param binary whether the target is 1 or 0, else a number */
    public TreeLearner(TreeSettings settings, boolean binary) {
        this.settings = settings;
        this.binary = binary;
    }

    @Override
    public boolean needsValidation() {
        return settings.patience() > 0;
    }

    @Override
    public Model fit(Examples train, @Nullable Examples validation, RunContext run) {
        Integer limit = run.passes().limit();
        boolean watches = needsValidation() && limit == null;
        if (validation == null && watches) {
            throw new IllegalArgumentException(
                    "trees need validation rows to know when to stop; with patience 0 they grow all rounds");
        }
        var columns = new Columns(train.features().parts());
        int rounds = limit == null ? settings.rounds() : limit;
        Examples watched = limit == null ? validation : null;
        EarlyStopping stopping =
                watches ? EarlyStopping.of(run, settings.patience()) : new EarlyStopping(Integer.MAX_VALUE, 0);
        var losses = new LossHistory();
        byte[] grown = grown(run.checkpoints().last(), stopping, losses);
        try (var boosting = new Boosting(
                columns, train, watched, parameters(run.seed()), binary ? null : settings.huber(), grown)) {
            int begun = stopping.epoch();
            if (begun > 0 && begun < rounds && !stopping.exhausted()) {
                run.epochs().goesOn(begun);
            }
            for (int round = begun + 1; round <= rounds && !stopping.exhausted(); round++) {
                boosting.grow(round - 1);
                float[] lost = boosting.losses(round - 1);
                StopRule rule = watches ? run.stop() : null;
                stopping.observe(
                        rule == null || watched == null
                                ? lost[lost.length - 1]
                                : rule.measure().of(boosting.scores(), watched));
                losses.add(lost[0], lost.length > 1 ? (Double) (double) lost[1] : null);
                run.epochs().epoch(round, rounds, lost[0], lost.length > 1 ? (double) lost[1] : null);
                run.checkpoints().offer(() -> state(boosting, stopping, losses));
            }
            if (stopping.epoch() > begun) {
                run.checkpoints().keep(state(boosting, stopping, losses));
            }
            int best = watches ? stopping.bestEpoch() : stopping.epoch();
            if (best == 0) {
                throw new IllegalStateException("no tree gave a loss that is a number: lower learning_rate, which is "
                        + settings.learningRate());
            }
            run.epochs().fitted(losses);
            run.passes().found(best);
            Forest forest = new ForestReader(columns, binary).read(boosting.model(), best);
            return new TreeModel(train.features().parts(), forest, binary, facts(forest));
        }
    }

    /** What was seen of each tree, then the trees. */
    private static byte[] state(Boosting boosting, EarlyStopping stopping, LossHistory losses) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            stopping.write(out);
            losses.write(out);
            out.write(boosting.state());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte @Nullable [] grown(byte @Nullable [] state, EarlyStopping stopping, LossHistory losses) {
        if (state == null) {
            return null;
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(state))) {
            stopping.read(in);
            losses.read(in);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint of trees ends early", e);
        }
    }

    private static Map<String, Double> facts(Forest forest) {
        double leaves = forest.trees().stream().mapToInt(Tree::leaves).sum();
        return Map.of("trees", (double) forest.trees().size(), "leaves", leaves);
    }

    /** XGBoost's parameters, by its names. */
    Map<String, Object> parameters(long seed) {
        return Map.ofEntries(
                Map.entry("objective", binary ? "binary:logistic" : "reg:squarederror"),
                Map.entry("eval_metric", binary ? "logloss" : "rmse"),
                Map.entry("tree_method", "hist"),
                Map.entry("nthread", 1),
                Map.entry("seed", seed & Integer.MAX_VALUE),
                // Rows and columns are drawn by the seed and the tree's number, not by a generator that a fitting which
                // goes on would not have.
                Map.entry("seed_per_iteration", settings.subsample() < 1 || settings.columns() < 1),
                Map.entry("verbosity", 0),
                Map.entry("eta", settings.learningRate()),
                Map.entry("max_depth", settings.maxDepth()),
                Map.entry("min_child_weight", settings.minChildWeight()),
                Map.entry("subsample", settings.subsample()),
                Map.entry("colsample_bytree", settings.columns()),
                Map.entry("lambda", settings.lambda()),
                Map.entry("alpha", settings.alpha()),
                Map.entry("gamma", settings.gamma()),
                Map.entry("max_bin", settings.maxBins()),
                Map.entry(
                        "max_cat_to_onehot",
                        settings.categories() == TreeSettings.Categories.ONE_HOT ? Integer.MAX_VALUE : 1));
    }
}
