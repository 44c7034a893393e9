package dev.ringside.training.trees;

import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Writes trees that ask for numbers alone as a TreeEnsembleRegressor, an operator that every runtime has. */
final class Thresholds {
    private final LongStream.Builder trees = LongStream.builder();
    private final LongStream.Builder nodes = LongStream.builder();
    private final LongStream.Builder columns = LongStream.builder();
    private final LongStream.Builder below = LongStream.builder();
    private final LongStream.Builder others = LongStream.builder();
    private final LongStream.Builder missingBelow = LongStream.builder();
    private final Floats thresholds = new Floats();
    private final List<String> modes = new ArrayList<>();
    private final LongStream.Builder leafTrees = LongStream.builder();
    private final LongStream.Builder leafNodes = LongStream.builder();
    private final Floats leaves = new Floats();

    private Thresholds() {}

    /** The name of the sums of the leaves, FP32, shape [rows, 1]. */
    static String write(Graph graph, List<Tree> trees, String columns) {
        var written = new Thresholds();
        for (int i = 0; i < trees.size(); i++) {
            written.add(i, trees.get(i), 0);
        }
        return written.node(graph, columns);
    }

    private void add(int number, Tree tree, int node) {
        boolean leaf = tree.isLeaf(node);
        trees.add(number);
        nodes.add(node);
        columns.add(leaf ? 0 : tree.column()[node]);
        below.add(leaf ? 0 : tree.left()[node]);
        others.add(leaf ? 0 : tree.right()[node]);
        missingBelow.add(!leaf && tree.missingLeft()[node] ? 1 : 0);
        thresholds.add(leaf ? 0 : tree.values()[node]);
        modes.add(leaf ? "LEAF" : "BRANCH_LT");
        if (leaf) {
            leafTrees.add(number);
            leafNodes.add(node);
            leaves.add(tree.values()[node]);
        } else {
            add(number, tree, tree.left()[node]);
            add(number, tree, tree.right()[node]);
        }
    }

    private String node(Graph graph, String input) {
        return graph.node(
                Graph.ML,
                "TreeEnsembleRegressor",
                "trees",
                List.of(input),
                Attributes.of("n_targets", 1),
                Attributes.of("nodes_treeids", trees.build().toArray()),
                Attributes.of("nodes_nodeids", nodes.build().toArray()),
                Attributes.of("nodes_featureids", columns.build().toArray()),
                Attributes.of("nodes_modes", modes),
                Attributes.of("nodes_values", thresholds.toArray()),
                Attributes.of("nodes_truenodeids", below.build().toArray()),
                Attributes.of("nodes_falsenodeids", others.build().toArray()),
                Attributes.of(
                        "nodes_missing_value_tracks_true", missingBelow.build().toArray()),
                Attributes.of("target_treeids", leafTrees.build().toArray()),
                Attributes.of("target_nodeids", leafNodes.build().toArray()),
                Attributes.of("target_ids", new long[leaves.size()]),
                Attributes.of("target_weights", leaves.toArray()));
    }
}
