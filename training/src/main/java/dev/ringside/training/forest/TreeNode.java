package dev.ringside.training.forest;

import java.util.BitSet;

/** A node of a tree. */
public sealed interface TreeNode {
    /** The value of the leaf at which a row ends. */
    default double value(double[] row) {
        TreeNode node = this;
        while (node instanceof Split split) {
            node = split.next(row[split.column]);
        }
        return ((Leaf) node).value;
    }

    /**
     * Where a row ends.
     *
     * @param value what it adds
     */
    record Leaf(double value) implements TreeNode {}

    /**
     * Where a row goes on.
     *
     * @param column which column is asked
     * @param test what is asked of its value
     * @param yes where a row goes on that passes
     * @param no where else
     * @param missingPasses whether a row without a value passes
     */
    record Split(int column, Test test, TreeNode yes, TreeNode no, boolean missingPasses) implements TreeNode {
        private TreeNode next(double value) {
            return (Double.isNaN(value) ? missingPasses : test.passes(value)) ? yes : no;
        }
    }

    /** What a split asks of a value that is not missing. */
    sealed interface Test {
        /** Whether it passes. */
        boolean passes(double value);
    }

    /**
     * Below a threshold.
     *
     * @param threshold the threshold
     */
    record Less(double threshold) implements Test {
        @Override
        public boolean passes(double value) {
            return value < threshold;
        }
    }

    /**
     * Not above a threshold.
     *
     * @param threshold the threshold
     */
    record AtMost(double threshold) implements Test {
        @Override
        public boolean passes(double value) {
            return value <= threshold;
        }
    }

    /**
     * One of some categories.
     *
     * @param places their numbers
     */
    record Member(BitSet places) implements Test {
        @Override
        public boolean passes(double value) {
            return value >= 0 && value <= Integer.MAX_VALUE && value == Math.rint(value) && places.get((int) value);
        }
    }
}
