package dev.ringside.training.conversion;

import static dev.ringside.contract.InvalidInput.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.training.forest.SummedTree;
import dev.ringside.training.forest.TreeNode;
import dev.ringside.training.forest.TreeNode.Leaf;
import dev.ringside.training.forest.TreeNode.Less;
import dev.ringside.training.forest.TreeNode.Split;
import dev.ringside.training.forest.TreeNode.Test;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Reads a model as XGBoost saves it in JSON (versions 1 to 3, its documented schema). What is missing follows the tree's
 * default, categories are those of {@code enable_categorical}; sums are FP32 in the library and here FP64 of its FP32 leaves.
 */
final class XgboostFile {
    private static final String FILE = "model";

    private final JsonNode learner;
    private final JsonNode version;

    /** @param file the whole document */
    XgboostFile(JsonNode file) {
        this.learner = file.path("learner");
        this.version = file.path("version");
    }

    /** Whether a document is one of these. */
    static boolean isOne(JsonNode file) {
        return file.path("learner").isObject();
    }

    BoostedTrees read() {
        String booster = learner.path("gradient_booster").path("name").asText();
        require(
                booster.equals("gbtree") || booster.equals("dart"),
                FILE,
                "expected trees (booster gbtree or dart), found booster \"" + booster + "\"");
        JsonNode gradientBooster = learner.path("gradient_booster");
        JsonNode model =
                booster.equals("dart") ? gradientBooster.path("gbtree").path("model") : gradientBooster.path("model");
        String objective = learner.path("objective").path("name").asText();
        Link link = link(objective);
        JsonNode parameters = learner.path("learner_model_param");
        int outputs = Math.max(
                1,
                Math.max(
                        parameters.path("num_class").asInt(),
                        parameters.path("num_target").asInt()));
        List<String> columns = columns(parameters.path("num_feature").asInt());
        return new BoostedTrees(
                "XGBoost " + String.join(".", texts(version)),
                objective,
                columns,
                learner.path("feature_names").size() > 0,
                false,
                base(parameters.path("base_score").asText(), link, outputs),
                trees(model, weights(model, gradientBooster), outputs),
                link);
    }

    private List<String> columns(int count) {
        List<String> names = texts(learner.path("feature_names"));
        return names.isEmpty()
                ? IntStream.range(0, count).mapToObj(i -> "f" + i).toList()
                : names;
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Link link(String objective) {
        return switch (objective) {
            case "binary:logistic", "reg:logistic" -> Link.LOGISTIC;
            case "multi:softprob", "multi:softmax" -> Link.SOFTMAX;
            case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft" -> Link.EXPONENTIAL;
            case "binary:logitraw",
                    "reg:squarederror",
                    "reg:linear",
                    "reg:squaredlogerror",
                    "reg:absoluteerror",
                    "reg:pseudohubererror",
                    "reg:quantileerror",
                    "rank:pairwise",
                    "rank:ndcg",
                    "rank:map" -> Link.IDENTITY;
            default ->
                throw new InvalidInput(
                        FILE,
                        "has the objective \"" + objective
                                + "\", of which it is not known what its sums mean: expected one"
                                + " of XGBoost's own for classes, numbers, counts or ranks");
        };
    }

    /** The file keeps what is predicted without trees; sums begin with what the link makes that of. */
    private static double[] base(String score, Link link, int outputs) {
        double[] scores = Arrays.stream(score.replaceAll("[\\[\\]]", "").split(","))
                .mapToDouble(XgboostFile::number)
                .toArray();
        require(
                scores.length == 1 || scores.length == outputs,
                FILE,
                "has " + scores.length + " base scores, expected 1 or " + outputs);
        return IntStream.range(0, outputs)
                .mapToDouble(i -> scores[scores.length == 1 ? 0 : i])
                .map(base -> switch (link) {
                    case LOGISTIC -> (float) -StrictMath.log(1 / base - 1);
                    case EXPONENTIAL -> (float) StrictMath.log(base);
                    default -> base;
                })
                .toArray();
    }

    /** How much each tree counts, where trees were dropped while others were grown; since version 3.4 beside the trees. */
    private static JsonNode weights(JsonNode model, JsonNode gradientBooster) {
        JsonNode beside = model.path("weight_drop");
        return beside.isMissingNode() ? gradientBooster.path("weight_drop") : beside;
    }

    private static double number(String text) {
        try {
            return Float.parseFloat(text.strip());
        } catch (NumberFormatException e) {
            throw new InvalidInput(FILE, "has the base score \"" + text + "\", expected a number", e);
        }
    }

    private List<SummedTree> trees(JsonNode model, JsonNode dropped, int outputs) {
        JsonNode all = model.path("trees");
        JsonNode of = model.path("tree_info");
        int kept = Math.min(all.size(), kept(model, all.size(), outputs));
        var trees = new ArrayList<SummedTree>(kept);
        for (int i = 0; i < kept; i++) {
            double weight = dropped.size() > i ? (float) dropped.path(i).asDouble() : 1;
            trees.add(new SummedTree(of.path(i).asInt(), new TreeReader(all.path(i), i, weight).read(0, 0)));
        }
        return trees;
    }

    /** With early stopping the file keeps later trees too, and says which round is the last that counts. */
    private int kept(JsonNode model, int all, int outputs) {
        JsonNode best = learner.path("attributes").path("best_iteration");
        if (best.isMissingNode()) {
            return all;
        }
        int rounds = best.asInt() + 1;
        JsonNode ends = model.path("iteration_indptr");
        if (ends.size() > rounds) {
            return ends.path(rounds).asInt();
        }
        int parallel =
                model.path("gbtree_model_param").path("num_parallel_tree").asInt();
        return rounds * outputs * Math.max(1, parallel);
    }

    /** One tree, whose nodes stand in arrays. */
    private static final class TreeReader {
        private static final int DEEPEST = 2_000;

        private final JsonNode tree;
        private final int number;
        private final double weight;
        private final Map<Integer, BitSet> sets = new HashMap<>();

        TreeReader(JsonNode tree, int number, double weight) {
            this.tree = tree;
            this.number = number;
            this.weight = weight;
            require(
                    tree.path("tree_param").path("size_leaf_vector").asInt() <= 1,
                    FILE,
                    "has trees with several values a leaf (multi_strategy=multi_output_tree), expected one: fit it with"
                            + " multi_strategy=one_output_per_tree");
            JsonNode starts = tree.path("categories_segments");
            for (int i = 0; i < tree.path("categories_nodes").size(); i++) {
                var set = new BitSet();
                int start = starts.path(i).asInt();
                for (int j = 0; j < tree.path("categories_sizes").path(i).asInt(); j++) {
                    set.set(tree.path("categories").path(start + j).asInt());
                }
                sets.put(tree.path("categories_nodes").path(i).asInt(), set);
            }
        }

        TreeNode read(int node, int depth) {
            require(depth < DEEPEST, FILE, "has a tree of more than " + DEEPEST + " levels, or one in a circle");
            JsonNode left = tree.path("left_children").path(node);
            require(
                    left.isInt(),
                    FILE,
                    "has no node " + node + " in tree " + number + ": expected a model that XGBoost has saved as JSON");
            float value = tree.path("split_conditions").path(node).floatValue();
            if (left.asInt() < 0) {
                return new Leaf((float) (value * weight));
            }
            int right = tree.path("right_children").path(node).asInt();
            int column = tree.path("split_indices").path(node).asInt();
            boolean missingLeft = tree.path("default_left").path(node).asInt() == 1;
            TreeNode below = read(left.asInt(), depth + 1);
            TreeNode other = read(right, depth + 1);
            BitSet set = sets.get(node);
            if (set == null) {
                Test test = new Less(value);
                return new Split(column, test, below, other, missingLeft);
            }
            // Places of the set go right.
            return new Split(column, new TreeNode.Member(set), other, below, !missingLeft);
        }
    }
}
