package dev.ringside.training.learning;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Embedding;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.graph.Graph;
import java.util.ArrayList;
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
    public List<LearntVectors> vectors() {
        List<LearntVectors> all = new ArrayList<>();
        for (int part = 0; part < encoder.encodings().size(); part++) {
            float[] values = model.vectors(part);
            if (values != null && encoder.encodings().get(part) instanceof Embedding embedding) {
                List<String> texts = new ArrayList<>(List.of(LearntVectors.OTHERS));
                texts.addAll(embedding.vocabulary());
                all.add(new LearntVectors(embedding.feature().name(), texts, embedding.dimensions(), values));
            }
        }
        return all;
    }

    @Override
    public Map<String, Double> facts() {
        return model.facts();
    }
}
