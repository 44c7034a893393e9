package dev.ringside.training.learning;

import dev.ringside.training.features.Encoded;
import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fitted model. It scores by its learner's own arithmetic, and writes itself into a graph that scores as it does. */
public interface Model {
    /**
     * The scores, row after row: the probability of a positive, the number that is predicted, or the probability of each
     * class.
     */
    double[] score(Encoded rows);

    /** The {@link #score scores}, then those of each task beside the label. */
    default List<double[]> scoreAll(Encoded rows) {
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
     * @param parts the names of the encoded parts' values, in order
     * @return the name of the scores' value, FP32, shape [rows, outputs]
     */
    String export(Graph graph, List<String> parts);

    /** Writes itself once; the name of the {@link #export scores' value}, then that of each task's beside the label. */
    default List<String> exportAll(Graph graph, List<String> parts) {
        return List.of(export(graph, parts));
    }

    /**
     * The same model of a probability with every row's logit moved by as much, which it then scores and exports: inside
     * its own sum, where FP32 still has the digits that a probability near 1 has lost.
     *
     * @throws IllegalArgumentException if it predicts no probability
     */
    Model shifted(double logits);

    /**
     * The vectors that it learnt for the places of a part, row after row.
     *
     * @param part which of the encoded parts
     * @return null where it learnt none
     */
    default float @Nullable [] vectors(int part) {
        return null;
    }

    /** How the fitting went, by name, such as {@code best_epoch}. */
    Map<String, Double> facts();
}
