package dev.ringside.training.learning;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.graph.Graph;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Several predictors whose scores are averaged: bags, seeds, or different kinds of models.
 *
 * @param members at least one
 */
public record Averaged(List<Predictor> members) implements Predictor {
    /** Checks that there is one. */
    public Averaged {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("an average of no predictors");
        }
    }

    @Override
    public List<FeatureSpec> features() {
        return features(members);
    }

    /** The raw columns that any of them reads, each once. */
    static List<FeatureSpec> features(List<Predictor> members) {
        Set<FeatureSpec> features = new LinkedHashSet<>();
        members.forEach(member -> features.addAll(member.features()));
        return List.copyOf(features);
    }

    @Override
    public double[] score(Table rows) {
        double[] scores = new double[rows.size() * outputs()];
        for (Predictor member : members) {
            double[] some = member.score(rows);
            for (int i = 0; i < scores.length; i++) {
                scores[i] += some[i] / members.size();
            }
        }
        return scores;
    }

    @Override
    public int outputs() {
        return members.getFirst().outputs();
    }

    @Override
    public String export(Graph graph, Map<String, String> inputs) {
        List<String> scores = new ArrayList<>();
        members.forEach(member -> scores.add(member.export(graph, inputs)));
        return scores.size() == 1 ? scores.getFirst() : graph.node("Mean", "average", scores);
    }

    @Override
    public Map<String, Double> facts() {
        return facts(members);
    }

    /** The facts of each, with its number. */
    static Map<String, Double> facts(List<Predictor> members) {
        Map<String, Double> facts = new TreeMap<>();
        for (int i = 0; i < members.size(); i++) {
            int member = i + 1;
            members.get(i).facts().forEach((name, value) -> facts.put(name + "_" + member, value));
        }
        facts.put("members", (double) members.size());
        return facts;
    }
}
