package dev.ringside.training.trees;

import org.jspecify.annotations.Nullable;

/**
 * How trees are grown. What is not said here is XGBoost's own default.
 *
 * @param rounds trees at most
 * @param learningRate factor of each tree's values (eta)
 * @param maxDepth splits between a root and a leaf at most
 * @param minChildWeight least sum of the second derivatives in a leaf
 * @param subsample share of the rows drawn for each tree
 * @param columns share of the columns drawn for each tree (colsample_bytree)
 * @param lambda penalty on the squares of the leaves' values
 * @param alpha penalty on their absolute values
 * @param gamma least gain of a split
 * @param maxBins bins of a column, between which its splits lie
 * @param patience how many trees in a row may fail to lower the validation loss before growing stops; 0 to grow all
 *     rounds, without validation
 * @param categories how the places of a vocabulary are split
 * @param huber of a number δ of {@link HuberLoss}, in the label's unit; null for squared errors
 */
public record TreeSettings(
        int rounds,
        double learningRate,
        int maxDepth,
        double minChildWeight,
        double subsample,
        double columns,
        double lambda,
        double alpha,
        double gamma,
        int maxBins,
        int patience,
        Categories categories,
        @Nullable Double huber) {
    /** Grown by squared errors where a number is predicted. */
    public TreeSettings(
            int rounds,
            double learningRate,
            int maxDepth,
            double minChildWeight,
            double subsample,
            double columns,
            double lambda,
            double alpha,
            double gamma,
            int maxBins,
            int patience,
            Categories categories) {
        this(
                rounds,
                learningRate,
                maxDepth,
                minChildWeight,
                subsample,
                columns,
                lambda,
                alpha,
                gamma,
                maxBins,
                patience,
                categories,
                null);
    }

    /** What a document that says nothing gets. */
    public static final TreeSettings DEFAULT =
            new TreeSettings(1_000, 0.1, 6, 1, 1, 1, 1, 0, 0, 256, 50, Categories.PARTITION);

    /** How a node splits the places of a vocabulary. */
    public enum Categories {
        /** One place against all others. */
        ONE_HOT,
        /** Any set of places against the rest, found in the order of their gradients. */
        PARTITION
    }
}
