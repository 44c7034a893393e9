package dev.ringside.training.learning;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.graph.Graph;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What followed fittings that were told when to stop.
 *
 * @param model the model
 * @param stopped the one that the validation part stopped; null where folds did
 * @param found what the fittings before said, by name
 */
public record Refitted(Predictor model, @Nullable Predictor stopped, Map<String, Double> found) implements Predictor {
    /** Keeps what was found as it is. */
    public Refitted {
        found = Collections.unmodifiableMap(new TreeMap<>(found));
    }

    @Override
    public List<FeatureSpec> features() {
        return model.features();
    }

    @Override
    public double[] score(Table rows) {
        return model.score(rows);
    }

    @Override
    public List<double[]> scoreAll(Table rows) {
        return model.scoreAll(rows);
    }

    @Override
    public int outputs() {
        return model.outputs();
    }

    @Override
    public String export(Graph graph, Map<String, String> inputs) {
        return model.export(graph, inputs);
    }

    @Override
    public List<String> exportAll(Graph graph, Map<String, String> inputs) {
        return model.exportAll(graph, inputs);
    }

    @Override
    public List<LearntVectors> vectors() {
        return model.vectors();
    }

    @Override
    public Map<String, Double> facts() {
        Map<String, Double> facts = new TreeMap<>(model.facts());
        facts.putAll(found);
        return facts;
    }
}
