package dev.ringside.training.learning;

import java.util.List;
import java.util.Map;

/**
 * A fitted model: layers with a rectifier between one and the next, and the logistic function after the last.
 *
 * @param layers from the encoded row to one number
 * @param scorer computes its probabilities with the learner's own arithmetic, not the exported file's
 * @param facts how the fitting went, by name, such as {@code best_epoch}
 */
public record Learned(List<DenseLayer> layers, Scorer scorer, Map<String, Double> facts) {
    /** Checks that the layers fit together and end in one number. */
    public Learned {
        layers = List.copyOf(layers);
        facts = Map.copyOf(facts);
        if (layers.isEmpty() || layers.getLast().outputs() != 1) {
            throw new IllegalArgumentException("expected a last layer with one output, found " + layers);
        }
        for (int i = 1; i < layers.size(); i++) {
            if (layers.get(i).inputs() != layers.get(i - 1).outputs()) {
                throw new IllegalArgumentException(
                        "layer " + i + " takes " + layers.get(i).inputs() + " numbers, the one before gives "
                                + layers.get(i - 1).outputs());
            }
        }
    }
}
