package dev.ringside.training.learning;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.Map;

/** From raw rows to scores: an encoder with its model, or several of them together. It leaves as one graph. */
public interface Predictor {
    /** The raw columns that it reads, each once. */
    List<FeatureSpec> features();

    /** The scores, row after row. */
    double[] score(Table rows);

    /** The {@link #score scores}, then those of each task beside the label. */
    default List<double[]> scoreAll(Table rows) {
        return List.of(score(rows));
    }

    /** How many scores a row has. */
    default int outputs() {
        return 1;
    }

    /**
     * Writes itself.
     *
     * @param graph where to
     * @param inputs the names of the raw inputs, by feature
     * @return the name of the scores' value, FP32, shape [rows, outputs]
     */
    String export(Graph graph, Map<String, String> inputs);

    /** Writes itself once; the name of the {@link #export scores' value}, then that of each task's beside the label. */
    default List<String> exportAll(Graph graph, Map<String, String> inputs) {
        return List.of(export(graph, inputs));
    }

    /** The vectors that it learnt for texts, those of each member one after the other. */
    default List<LearntVectors> vectors() {
        return List.of();
    }

    /** How the fitting went, by name. */
    Map<String, Double> facts();
}
