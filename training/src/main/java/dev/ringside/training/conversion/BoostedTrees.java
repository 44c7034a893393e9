package dev.ringside.training.conversion;

import dev.ringside.training.forest.SummedTree;
import java.util.List;

/**
 * Fitted trees of a library, as it means them.
 *
 * @param library which, with its version where the file says it
 * @param objective what they were fitted for, in the library's words
 * @param columns the names of the columns, in their order
 * @param isNamed whether the file gives the columns names of their own
 * @param isDouble whether the library compares and adds in FP64; else in FP32
 * @param base what each output's sum begins with
 * @param trees in the order of the sum
 * @param link what the sums become
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BoostedTrees(
        String library,
        String objective,
        List<String> columns,
        boolean isNamed,
        boolean isDouble,
        double[] base,
        List<SummedTree> trees,
        Link link) {
    BoostedTrees {
        columns = List.copyOf(columns);
        trees = List.copyOf(trees);
    }

    int outputs() {
        return base.length;
    }

    /** What a row is answered. */
    double[] predict(double[] row) {
        double[] sums = base.clone();
        for (SummedTree tree : trees) {
            sums[tree.output()] += tree.root().value(row);
        }
        return link.apply(sums);
    }
}
