package dev.ringside.training.logistic;

import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Layout;
import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import dev.ringside.training.learning.Model;
import java.util.List;
import java.util.Map;

/**
 * A fitted logistic regression.
 *
 * @param parts what it is shown
 * @param weights one a column
 * @param bias the intercept
 * @param facts how the fitting went
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LogisticModel(List<Part> parts, float[] weights, float bias, Map<String, Double> facts) implements Model {
    @Override
    public double[] score(Encoded rows) {
        var design = new Design(rows);
        double[] scores = new double[rows.rows()];
        int[] at = new int[design.columns()];
        double[] values = new double[design.columns()];
        for (int row = 0; row < scores.length; row++) {
            int n = design.row(row, at, values);
            double logit = bias;
            for (int i = 0; i < n; i++) {
                logit += weights[at[i]] * values[i];
            }
            scores[row] = NewtonSystem.probability(logit);
        }
        return scores;
    }

    @Override
    public LogisticModel shifted(double logits) {
        return new LogisticModel(parts, weights, (float) (bias + logits), facts);
    }

    @Override
    public String export(Graph graph, List<String> values) {
        String columns = Layout.sideBySide(graph, parts, values);
        String factors = graph.constant("weights", weights, 1, weights.length);
        String intercept = graph.constant("bias", new float[] {bias}, 1);
        String logit = graph.node("Gemm", "logit", List.of(columns, factors, intercept), Attributes.of("transB", 1));
        return graph.node("Sigmoid", "sigmoid", List.of(logit));
    }
}
