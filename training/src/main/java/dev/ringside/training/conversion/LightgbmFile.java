package dev.ringside.training.conversion;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.InvalidInput;
import dev.ringside.training.forest.SummedTree;
import dev.ringside.training.forest.TreeNode;
import dev.ringside.training.forest.TreeNode.AtMost;
import dev.ringside.training.forest.TreeNode.Leaf;
import dev.ringside.training.forest.TreeNode.Split;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a model as LightGBM saves it, as text (versions 3 and 4 of its format, {@code Tree::Tree} and
 * {@code GBDT::LoadModelFromString} of its sources). All of it is FP64, in the library and here.
 */
final class LightgbmFile {
    private static final String FILE = "model";
    private static final String FIRST_LINE = "tree";
    private static final Pattern SPACE = Pattern.compile(" +");
    private static final Pattern OWN_NAME = Pattern.compile("Column_\\d+");
    private static final Pattern SIGMOID = Pattern.compile("sigmoid:(\\S+)");

    private final Map<String, String> header = new HashMap<>();
    private final List<Map<String, String>> trees = new ArrayList<>();

    /** @param text the whole file */
    LightgbmFile(String text) {
        Map<String, String> part = header;
        for (String line : text.lines().toList()) {
            if (line.equals("end of trees")) {
                break;
            }
            if (line.startsWith("Tree=")) {
                part = new HashMap<>();
                trees.add(part);
            }
            int equals = line.indexOf('=');
            if (equals < 0) {
                part.put(line, "");
            } else {
                part.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
    }

    /** Whether a text is one of these. */
    static boolean isOne(String text) {
        return text.lines().findFirst().orElse("").strip().equals(FIRST_LINE) && text.contains("feature_names=");
    }

    BoostedTrees read() {
        String objective = header.getOrDefault("objective", "");
        int outputs = number(header, "num_tree_per_iteration");
        List<String> columns =
                List.of(SPACE.split(field(header, "feature_names").strip()));
        require(!trees.isEmpty(), FILE, "has no trees");
        double sigmoid = sigmoid(objective);
        // A forest's trees are averaged; a logistic link with a slope of its own is one of steeper sums.
        double factor = (header.containsKey("average_output") ? (double) outputs / trees.size() : 1) * sigmoid;
        var members = new ArrayList<SummedTree>(trees.size());
        for (int i = 0; i < trees.size(); i++) {
            members.add(new SummedTree(i % outputs, new TreeReader(trees.get(i), i, factor).read()));
        }
        return new BoostedTrees(
                "LightGBM, format " + header.getOrDefault("version", "of no version"),
                objective.isEmpty() ? "of no name" : objective,
                columns,
                columns.stream().anyMatch(name -> !OWN_NAME.matcher(name).matches()),
                true,
                new double[outputs],
                members,
                link(objective));
    }

    private static double sigmoid(String objective) {
        var matcher = SIGMOID.matcher(objective);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 1;
    }

    private static Link link(String objective) {
        String[] words = SPACE.split(objective);
        boolean isOfRoots = List.of(words).contains("sqrt");
        return switch (words[0]) {
            case "binary", "multiclassova", "cross_entropy" -> Link.LOGISTIC;
            case "multiclass" -> Link.SOFTMAX;
            case "poisson", "gamma", "tweedie" -> Link.EXPONENTIAL;
            case "cross_entropy_lambda" -> Link.SOFTPLUS;
            case "regression", "regression_l1", "huber", "fair", "quantile", "mape", "lambdarank", "rank_xendcg", "" ->
                isOfRoots ? Link.SIGNED_SQUARE : Link.IDENTITY;
            default ->
                throw new InvalidInput(
                        FILE,
                        "has the objective \"" + objective
                                + "\", of which it is not known what its sums mean: expected one"
                                + " of LightGBM's own");
        };
    }

    private static String field(Map<String, String> part, String name) {
        String value = part.get(name);
        if (value == null) {
            throw new InvalidInput(FILE, "has no " + name + ": expected a model that LightGBM has saved");
        }
        return value;
    }

    private static int number(Map<String, String> part, String name) {
        try {
            return Integer.parseInt(field(part, name).strip());
        } catch (NumberFormatException e) {
            throw new InvalidInput(FILE, "has " + name + "=" + part.get(name) + ", expected a whole number", e);
        }
    }

    /** One tree, whose splits and leaves stand in lines of their own; a child below 0 is a leaf. */
    private static final class TreeReader {
        private static final int CATEGORICAL = 1;
        private static final int DEFAULT_LEFT = 2;
        private static final int MISSING = 2;
        private static final int MISSING_TYPES = 3;
        private static final int ZERO = 1;
        private static final int NAN = 2;
        private static final int DEEPEST = 2_000;

        private final Map<String, String> tree;
        private final int number;
        private final double factor;
        private final String[] leaves;
        private final String[] columns;
        private final String[] thresholds;
        private final String[] decisions;
        private final String[] left;
        private final String[] right;

        /** @param factor of every leaf */
        TreeReader(Map<String, String> tree, int number, double factor) {
            this.tree = tree;
            this.number = number;
            this.factor = factor;
            require(
                    !tree.getOrDefault("is_linear", "0").equals("1"),
                    FILE,
                    "has linear models in its leaves (linear_tree), expected values");
            this.leaves = words("leaf_value");
            boolean splits = number(tree, "num_leaves") > 1;
            this.columns = splits ? words("split_feature") : new String[0];
            this.thresholds = splits ? words("threshold") : new String[0];
            this.decisions = splits ? words("decision_type") : new String[0];
            this.left = splits ? words("left_child") : new String[0];
            this.right = splits ? words("right_child") : new String[0];
        }

        private String[] words(String name) {
            return SPACE.split(field(tree, name).strip());
        }

        TreeNode read() {
            try {
                return columns.length == 0 ? leaf(0) : split(0, 0);
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new InvalidInput(
                        FILE, "cannot be read in tree " + number + ": " + e.getMessage() + "; is it whole?", e);
            }
        }

        private Leaf leaf(int i) {
            return new Leaf(Double.parseDouble(leaves[i]) * factor);
        }

        private TreeNode child(String child, int depth) {
            int node = Integer.parseInt(child);
            return node < 0 ? leaf(~node) : split(node, depth);
        }

        private TreeNode split(int node, int depth) {
            require(depth < DEEPEST, FILE, "has a tree of more than " + DEEPEST + " levels, or one in a circle");
            int decision = Integer.parseInt(decisions[node]);
            int column = Integer.parseInt(columns[node]);
            TreeNode yes = child(left[node], depth + 1);
            TreeNode no = child(right[node], depth + 1);
            if ((decision & CATEGORICAL) != 0) {
                return new Split(
                        column,
                        new TreeNode.Member(places((int) Double.parseDouble(thresholds[node]))),
                        yes,
                        no,
                        false);
            }
            double threshold = Double.parseDouble(thresholds[node]);
            boolean isLeft = (decision & DEFAULT_LEFT) != 0;
            int missing = (decision >> MISSING) & MISSING_TYPES;
            boolean zeroIsLeft = 0 <= threshold;
            require(
                    missing != ZERO || isLeft == zeroIsLeft,
                    FILE,
                    "was fitted with zero_as_missing, where zeros go another way than their neighbours; expected"
                            + " zero_as_missing=false");
            return new Split(column, new AtMost(threshold), yes, no, missing == NAN ? isLeft : zeroIsLeft);
        }

        private BitSet places(int set) {
            String[] boundaries = words("cat_boundaries");
            String[] bits = words("cat_threshold");
            int first = Integer.parseInt(boundaries[set]);
            int end = Integer.parseInt(boundaries[set + 1]);
            long[] words = new long[(end - first + 1) / 2];
            for (int i = first; i < end; i++) {
                words[(i - first) / 2] |= Long.parseLong(bits[i]) << (((i - first) % 2) * Integer.SIZE);
            }
            return BitSet.valueOf(words);
        }
    }
}
