package dev.ringside.training.trees;

import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Graph;
import dev.ringside.training.learning.Model;
import java.util.List;
import java.util.Map;

/**
 * Fitted trees. They are walked here, in FP32 and in XGBoost's order of the sum; a graph's node may add in another order,
 * so that its probabilities differ in their seventh digit.
 *
 * @param parts what they are shown
 * @param forest the trees
 * @param binary whether the sum is a logit, and so the score a probability
 * @param facts how the fitting went
 */
record TreeModel(List<Part> parts, Forest forest, boolean binary, Map<String, Double> facts) implements Model {
    @Override
    public double[] score(Encoded encoded) {
        var columns = new Columns(parts);
        Columns.Rows rows = columns.rows(encoded);
        float[] row = new float[columns.width()];
        double[] scores = new double[encoded.rows()];
        for (int i = 0; i < scores.length; i++) {
            rows.fill(i, row);
            float margin = forest.margin(row);
            scores[i] = binary ? 1 / (1 + StrictMath.exp(-margin)) : margin;
        }
        return scores;
    }

    @Override
    public TreeModel shifted(double logits) {
        if (!binary) {
            throw new IllegalArgumentException("trees of a number have no logits to move");
        }
        return new TreeModel(parts, new Forest((float) (forest.base() + logits), forest.trees()), true, facts);
    }

    @Override
    public String export(Graph graph, List<String> values) {
        String margin = forest.export(graph, new Columns(parts).export(graph, values));
        return binary ? graph.node("Sigmoid", "sigmoid", List.of(margin)) : margin;
    }
}
