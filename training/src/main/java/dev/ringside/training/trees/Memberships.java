package dev.ringside.training.trees;

import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Writes trees of which some nodes ask for a set of places as a TreeEnsemble, an operator since ai.onnx.ml 5. It keeps
 * nodes and leaves apart, each numbered through all trees.
 */
final class Memberships {
    private static final int SINCE = 5;
    private static final int SUM = 1;
    private static final int LESS = 1;
    private static final int MEMBER = 6;

    /** Where a row is sent on: the number of a node, or of a leaf. */
    private record Target(long number, boolean leaf) {}

    private final LongStream.Builder columns = LongStream.builder();
    private final LongStream.Builder yes = LongStream.builder();
    private final LongStream.Builder yesLeaf = LongStream.builder();
    private final LongStream.Builder no = LongStream.builder();
    private final LongStream.Builder noLeaf = LongStream.builder();
    private final LongStream.Builder missingYes = LongStream.builder();
    private final ByteArrayOutputStream modes = new ByteArrayOutputStream();
    private final Floats thresholds = new Floats();
    private final Floats members = new Floats();
    private final Floats leaves = new Floats();

    private Memberships() {}

    /** The name of the sums of the leaves, FP32, shape [rows, 1]. */
    static String write(Graph graph, List<Tree> trees, String columns) {
        graph.requireMl(SINCE);
        var written = new Memberships();
        long[] roots = new long[trees.size()];
        for (int i = 0; i < roots.length; i++) {
            Target root = written.add(trees.get(i), 0);
            // A tree that is one leaf gets a node whose both ways lead there.
            roots[i] = root.leaf() ? written.node(0, LESS, 0, false, root, root).number() : root.number();
        }
        return written.node(graph, columns, roots);
    }

    /** Writes a node behind those that it leads to. */
    private Target add(Tree tree, int node) {
        if (tree.isLeaf(node)) {
            leaves.add(tree.values()[node]);
            return new Target(leaves.size() - 1, true);
        }
        Target left = add(tree, tree.left()[node]);
        Target right = add(tree, tree.right()[node]);
        int column = tree.column()[node];
        boolean missingLeft = tree.missingLeft()[node];
        BitSet set = tree.sets()[node];
        if (set == null) {
            return node(column, LESS, tree.values()[node], missingLeft, left, right);
        }
        set.stream().forEach(members::add);
        members.add(Float.NaN); // ends a set
        return node(column, MEMBER, 0, !missingLeft, right, left);
    }

    private Target node(int column, int mode, float threshold, boolean missingOn, Target on, Target otherwise) {
        columns.add(column);
        modes.write(mode);
        thresholds.add(threshold);
        missingYes.add(missingOn ? 1 : 0);
        yes.add(on.number());
        yesLeaf.add(on.leaf() ? 1 : 0);
        no.add(otherwise.number());
        noLeaf.add(otherwise.leaf() ? 1 : 0);
        return new Target(modes.size() - 1, false);
    }

    private String node(Graph graph, String input, long[] roots) {
        return graph.node(
                Graph.ML,
                "TreeEnsemble",
                "trees",
                List.of(input),
                Attributes.of("aggregate_function", SUM),
                Attributes.of("n_targets", 1),
                Attributes.of("tree_roots", roots),
                Attributes.of("nodes_featureids", columns.build().toArray()),
                Attributes.tensor("nodes_modes", modes.toByteArray()),
                Attributes.tensor("nodes_splits", thresholds.toArray()),
                Attributes.of("nodes_truenodeids", yes.build().toArray()),
                Attributes.of("nodes_trueleafs", yesLeaf.build().toArray()),
                Attributes.of("nodes_falsenodeids", no.build().toArray()),
                Attributes.of("nodes_falseleafs", noLeaf.build().toArray()),
                Attributes.of(
                        "nodes_missing_value_tracks_true", missingYes.build().toArray()),
                Attributes.tensor("membership_values", members.toArray()),
                Attributes.of("leaf_targetids", new long[leaves.size()]),
                Attributes.tensor("leaf_weights", leaves.toArray()));
    }
}
