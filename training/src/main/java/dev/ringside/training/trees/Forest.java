package dev.ringside.training.trees;

import dev.ringside.training.forest.SummedTree;
import dev.ringside.training.forest.TreeEnsemble;
import dev.ringside.training.graph.Graph;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Trees whose leaves are summed.
 *
 * @param base what the sum begins with
 * @param trees in the order of the sum
 */
record Forest(float base, List<Tree> trees) {
    Forest {
        trees = List.copyOf(trees);
    }

    /** The sum for a row, in FP32 and in XGBoost's order. */
    float margin(float[] row) {
        float sum = base;
        for (Tree tree : trees) {
            sum += tree.values()[tree.leaf(row)];
        }
        return sum;
    }

    /** Whether a node asks for a set of places of a vocabulary. */
    private boolean splitsPlaces() {
        return trees.stream().anyMatch(tree -> Arrays.stream(tree.sets()).anyMatch(Objects::nonNull));
    }

    /**
     * Writes itself.
     *
     * @param columns the name of the columns' value, FP32, shape [rows, columns]
     * @return the name of the margins' value, FP32, shape [rows, 1]
     */
    String export(Graph graph, String columns) {
        String sum = splitsPlaces()
                ? TreeEnsemble.write(
                        graph,
                        trees.stream()
                                .map(tree -> new SummedTree(0, tree.node(0)))
                                .toList(),
                        1,
                        false,
                        columns)
                : Thresholds.write(graph, trees, columns);
        return graph.node("Add", "margin", List.of(sum, graph.constant("base", new float[] {base}, 1)));
    }
}
