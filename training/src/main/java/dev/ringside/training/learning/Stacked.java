package dev.ringside.training.learning;

import dev.ringside.contract.inference.DataType;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Several predictors of a probability, and a model on top that sees their logits.
 *
 * @param members at least one
 * @param combiner from one number a member to the score
 */
public record Stacked(List<Predictor> members, Model combiner) implements Predictor {
    /** The distance from 0 and 1 at which probabilities are held: closer by, FP32 knows too little of the logit. */
    private static final double FLOOR = 1e-5;

    /** Keeps the list as it is. */
    public Stacked {
        members = List.copyOf(members);
    }

    /** Every member's logit, row after row. */
    static float[] logits(List<Predictor> members, Table rows) {
        float[] logits = new float[rows.size() * members.size()];
        for (int member = 0; member < members.size(); member++) {
            double[] scores = members.get(member).score(rows);
            for (int row = 0; row < scores.length; row++) {
                double score = Math.clamp(scores[row], FLOOR, 1 - FLOOR);
                logits[row * members.size() + member] = (float) StrictMath.log(score / (1 - score));
            }
        }
        return logits;
    }

    static Encoded encoded(float[] logits, int members) {
        return new Encoded(
                logits.length / members, List.of(new Part.Numbers(members)), List.of(new Block.Dense(members, logits)));
    }

    @Override
    public List<FeatureSpec> features() {
        return Averaged.features(members);
    }

    @Override
    public double[] score(Table rows) {
        return combiner.score(encoded(logits(members, rows), members.size()));
    }

    @Override
    public String export(Graph graph, Map<String, String> inputs) {
        List<String> scores = new ArrayList<>();
        members.forEach(member -> scores.add(member.export(graph, inputs)));
        String side = graph.node("Concat", "members", scores, Attributes.of("axis", 1));
        // FP64 from here to the logit: 1 − p of a probability near 1 keeps the digits that p has.
        String exact = graph.cast("members/fp64", side, DataType.FP64);
        String least = graph.constant("least", new double[] {FLOOR}, new long[0]);
        String most = graph.constant("most", new double[] {1 - FLOOR}, new long[0]);
        String held = graph.node("Clip", "held", List.of(exact, least, most));
        String other = graph.node("Sub", "other", List.of(graph.constant("one", 1.0), held));
        String odds = graph.node("Div", "odds", List.of(held, other));
        String logits = graph.node("Log", "logits", List.of(odds));
        return combiner.export(graph, List.of(graph.cast("logits/fp32", logits, DataType.FP32)));
    }

    @Override
    public List<LearntVectors> vectors() {
        return members.stream().flatMap(member -> member.vectors().stream()).toList();
    }

    @Override
    public Map<String, Double> facts() {
        Map<String, Double> facts = new TreeMap<>(Averaged.facts(members));
        combiner.facts().forEach((name, value) -> facts.put(name + "_combiner", value));
        return facts;
    }
}
