package dev.ringside.training.learning;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.Map;

/**
 * A model behind the encoder that it was fitted with.
 *
 * @param encoder from raw rows to encoded ones
 * @param model from encoded rows to scores
 */
public record Fitted(Encoder encoder, Model model) implements Predictor {
    @Override
    public List<FeatureSpec> features() {
        return encoder.features();
    }

    @Override
    public double[] score(Table rows) {
        return model.score(encoder.encode(rows));
    }

    @Override
    public List<double[]> scoreAll(Table rows) {
        return model.scoreAll(encoder.encode(rows));
    }

    @Override
    public int outputs() {
        return model.outputs();
    }

    @Override
    public String export(Graph graph, Map<String, String> inputs) {
        return model.export(graph, encoder.export(graph, inputs));
    }

    @Override
    public List<String> exportAll(Graph graph, Map<String, String> inputs) {
        return model.exportAll(graph, encoder.export(graph, inputs));
    }

    @Override
    public Map<String, Double> facts() {
        return model.facts();
    }
}
