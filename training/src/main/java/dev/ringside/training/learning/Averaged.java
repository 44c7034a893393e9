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
        return scoreAll(rows).getFirst();
    }

    @Override
    public List<double[]> scoreAll(Table rows) {
        List<double[]> means = new ArrayList<>();
        for (Predictor member : members) {
            List<double[]> some = member.scoreAll(rows);
            for (int task = 0; task < some.size(); task++) {
                if (means.size() == task) {
                    means.add(new double[some.get(task).length]);
                }
                for (int i = 0; i < means.get(task).length; i++) {
                    means.get(task)[i] += some.get(task)[i] / members.size();
                }
            }
        }
        return means;
    }

    @Override
    public int outputs() {
        return members.getFirst().outputs();
    }

    @Override
    public String export(Graph graph, Map<String, String> inputs) {
        return exportAll(graph, inputs).getFirst();
    }

    @Override
    public List<String> exportAll(Graph graph, Map<String, String> inputs) {
        List<List<String>> scores = new ArrayList<>();
        for (Predictor member : members) {
            scores.add(member.exportAll(graph, inputs));
        }
        if (scores.size() == 1) {
            return scores.getFirst();
        }
        List<String> means = new ArrayList<>();
        for (int task = 0; task < scores.getFirst().size(); task++) {
            int place = task;
            means.add(graph.node(
                    "Mean", "average", scores.stream().map(of -> of.get(place)).toList()));
        }
        return means;
    }

    @Override
    public List<LearntVectors> vectors() {
        return members.stream().flatMap(member -> member.vectors().stream()).toList();
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
