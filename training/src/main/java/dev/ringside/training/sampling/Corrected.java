package dev.ringside.training.sampling;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.graph.Graph;
import dev.ringside.training.learning.Averaged;
import dev.ringside.training.learning.Fitted;
import dev.ringside.training.learning.LearntVectors;
import dev.ringside.training.learning.Model;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.learning.Refitted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model that was fitted under another prior, taken back to the training side's own. The shift is part of the model's sum,
 * and so of the graph.
 *
 * @param encoder from raw rows to encoded ones
 * @param model as it was fitted
 * @param shift what is added to its logits
 * @param sampling what it was fitted to, by name
 */
public record Corrected(Encoder encoder, Model model, double shift, Map<String, Double> sampling) implements Predictor {
    /** Keeps the facts as they are. */
    public Corrected {
        sampling = Collections.unmodifiableMap(new TreeMap<>(sampling));
    }

    private Fitted corrected() {
        return new Fitted(encoder, model.shifted(shift));
    }

    /**
     * A predictor with the scores that its models gave before any correction; null where it learnt from corrected ones, so
     * that there are no such scores.
     */
    public static @Nullable Predictor before(Predictor predictor) {
        return switch (predictor) {
            case Fitted fitted -> fitted;
            case Corrected(Encoder encoder, Model model, double _, Map<String, Double> _) -> new Fitted(encoder, model);
            case Averaged(List<Predictor> members) -> {
                List<Predictor> before = new ArrayList<>();
                for (Predictor member : members) {
                    Predictor one = before(member);
                    if (one == null) {
                        yield null;
                    }
                    before.add(one);
                }
                yield new Averaged(before);
            }
            case Refitted(Predictor model, Predictor _, Map<String, Double> _) -> before(model);
            default -> null;
        };
    }

    @Override
    public List<FeatureSpec> features() {
        return encoder.features();
    }

    @Override
    public double[] score(Table rows) {
        return corrected().score(rows);
    }

    @Override
    public String export(Graph graph, Map<String, String> inputs) {
        return corrected().export(graph, inputs);
    }

    @Override
    public List<LearntVectors> vectors() {
        return new Fitted(encoder, model).vectors();
    }

    @Override
    public Map<String, Double> facts() {
        Map<String, Double> facts = new TreeMap<>(model.facts());
        facts.putAll(sampling);
        return facts;
    }
}
