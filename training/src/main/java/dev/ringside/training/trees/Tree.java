package dev.ringside.training.trees;

import dev.ringside.training.forest.TreeNode;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A tree by the numbers of its nodes, of which 0 is the root. A row goes left where its number is below the node's, or
 * where its place is outside the node's set.
 *
 * @param left where a row may go on; −1 at a leaf
 * @param right where else
 * @param column which column is asked
 * @param values the threshold, or the value of a leaf
 * @param missingLeft where a row without a value goes on
 * @param sets the places that go right, where a node asks for a place; else null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Tree(
        int[] left,
        int[] right,
        int[] column,
        float[] values,
        boolean[] missingLeft,
        @Nullable BitSet[] sets) {
    boolean isLeaf(int node) {
        return left[node] < 0;
    }

    /** A node, with those below it. */
    TreeNode node(int node) {
        if (isLeaf(node)) {
            return new TreeNode.Leaf(values[node]);
        }
        TreeNode below = node(left[node]);
        TreeNode other = node(right[node]);
        BitSet set = sets[node];
        return set == null
                ? new TreeNode.Split(column[node], new TreeNode.Less(values[node]), below, other, missingLeft[node])
                : new TreeNode.Split(column[node], new TreeNode.Member(set), other, below, !missingLeft[node]);
    }

    /** The leaf at which a row ends. */
    int leaf(float[] row) {
        int node = 0;
        while (left[node] >= 0) {
            node = left(node, row[column[node]]) ? left[node] : right[node];
        }
        return node;
    }

    int leaves() {
        return leaves(0);
    }

    private int leaves(int node) {
        return isLeaf(node) ? 1 : leaves(left[node]) + leaves(right[node]);
    }

    private boolean left(int node, float value) {
        if (Float.isNaN(value)) {
            return missingLeft[node];
        }
        BitSet set = sets[node];
        return set == null ? value < values[node] : !set.get((int) value);
    }
}
