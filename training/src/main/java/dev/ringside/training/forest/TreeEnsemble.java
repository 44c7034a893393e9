package dev.ringside.training.forest;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.ringside.training.forest.TreeNode.AtMost;
import dev.ringside.training.forest.TreeNode.Leaf;
import dev.ringside.training.forest.TreeNode.Less;
import dev.ringside.training.forest.TreeNode.Split;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Writes trees as ONNX's TreeEnsemble (ai.onnx.ml 5), in FP32 or FP64. It keeps splits and leaves apart, each numbered
 * through all trees.
 */
public final class TreeEnsemble {
    private static final int SINCE = 5;
    private static final int SUM = 1;
    private static final int AT_MOST = 0;
    private static final int LESS = 1;
    private static final int MEMBER = 6;

    /** Where a row is sent on: the number of a split, or of a leaf. */
    private record Target(long number, boolean leaf) {}

    private final boolean isDouble;
    private final LongStream.Builder roots = LongStream.builder();
    private final LongStream.Builder columns = LongStream.builder();
    private final LongStream.Builder yes = LongStream.builder();
    private final LongStream.Builder yesLeaf = LongStream.builder();
    private final LongStream.Builder no = LongStream.builder();
    private final LongStream.Builder noLeaf = LongStream.builder();
    private final LongStream.Builder missingYes = LongStream.builder();
    private final LongStream.Builder leafOutputs = LongStream.builder();
    private final ByteArrayOutputStream modes = new ByteArrayOutputStream();
    private final DoubleStream.Builder thresholds = DoubleStream.builder();
    private final DoubleStream.Builder members = DoubleStream.builder();
    private final DoubleStream.Builder leaves = DoubleStream.builder();
    private int leafCount;
    private boolean asksMembers;

    private TreeEnsemble(boolean isDouble) {
        this.isDouble = isDouble;
    }

    /**
     * The name of the sums of the leaves, shape [rows, outputs].
     *
     * @param trees in the order of the sum
     * @param outputs how many sums there are
     * @param isDouble whether columns, thresholds and leaves are FP64; else FP32
     * @param input the name of the columns' value, shape [rows, columns]
     */
    public static String write(Graph graph, List<SummedTree> trees, int outputs, boolean isDouble, String input) {
        graph.requireMl(SINCE);
        var written = new TreeEnsemble(isDouble);
        trees.forEach(written::add);
        return written.node(graph, input, outputs);
    }

    private void add(SummedTree tree) {
        Target root = add(tree.root(), tree.output());
        // A tree that is one leaf gets a split whose both ways lead there.
        roots.add(root.leaf() ? split(0, LESS, 0, false, root, root).number() : root.number());
    }

    /** Writes a node behind those that it leads to. */
    private Target add(TreeNode node, int output) {
        return switch (node) {
            case Leaf leaf -> {
                leaves.add(leaf.value());
                leafOutputs.add(output);
                yield new Target(leafCount++, true);
            }
            case Split split -> {
                Target on = add(split.yes(), output);
                Target otherwise = add(split.no(), output);
                yield switch (split.test()) {
                    case Less(double threshold) ->
                        split(split.column(), LESS, threshold, split.missingPasses(), on, otherwise);
                    case AtMost(double threshold) ->
                        split(split.column(), AT_MOST, threshold, split.missingPasses(), on, otherwise);
                    case TreeNode.Member(var places) -> {
                        asksMembers = true;
                        places.stream().forEach(members::add);
                        members.add(Double.NaN); // ends a set
                        yield split(split.column(), MEMBER, 0, split.missingPasses(), on, otherwise);
                    }
                };
            }
        };
    }

    private Target split(int column, int mode, double threshold, boolean missingOn, Target on, Target otherwise) {
        columns.add(column);
        modes.write(mode);
        thresholds.add(threshold);
        missingYes.add(missingOn ? 1 : 0);
        yes.add(on.number());
        yesLeaf.add(on.leaf() ? 1 : 0);
        no.add(otherwise.number());
        noLeaf.add(otherwise.leaf() ? 1 : 0);
        return new Target(modes.size() - 1L, false);
    }

    private String node(Graph graph, String input, int outputs) {
        var attributes = new ArrayList<>(List.of(
                Attributes.of("aggregate_function", SUM),
                Attributes.of("n_targets", outputs),
                Attributes.of("tree_roots", roots.build().toArray()),
                Attributes.of("nodes_featureids", columns.build().toArray()),
                Attributes.tensor("nodes_modes", modes.toByteArray()),
                numbers("nodes_splits", thresholds),
                Attributes.of("nodes_truenodeids", yes.build().toArray()),
                Attributes.of("nodes_trueleafs", yesLeaf.build().toArray()),
                Attributes.of("nodes_falsenodeids", no.build().toArray()),
                Attributes.of("nodes_falseleafs", noLeaf.build().toArray()),
                Attributes.of(
                        "nodes_missing_value_tracks_true", missingYes.build().toArray()),
                Attributes.of("leaf_targetids", leafOutputs.build().toArray()),
                numbers("leaf_weights", leaves)));
        if (asksMembers) {
            attributes.add(numbers("membership_values", members));
        }
        return graph.node(Graph.ML, "TreeEnsemble", "trees", List.of(input), attributes.toArray(AttributeProto[]::new));
    }

    private AttributeProto numbers(String name, DoubleStream.Builder values) {
        double[] numbers = values.build().toArray();
        if (isDouble) {
            return Attributes.tensor(name, numbers);
        }
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return Attributes.tensor(name, floats);
    }
}
