package dev.ringside.training.transfer;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Block;
import dev.ringside.training.features.Embedding;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import dev.ringside.training.learning.Predictor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A champion whose head each region has its own deviation of. A region that has none gets the champion's own score, bit by
 * bit.
 *
 * @param champion the fitted network
 * @param deviations of its regions
 * @param facts how the fitting went
 */
public record Regional(Checkpoint champion, Deviations deviations, Map<String, Double> facts) implements Predictor {
    @Override
    public List<FeatureSpec> features() {
        Set<FeatureSpec> features = new LinkedHashSet<>(champion.encoder().features());
        features.add(deviations.regions().feature());
        return List.copyOf(features);
    }

    @Override
    public double[] score(Table rows) {
        Encoded encoded = champion.encoder().encode(rows);
        Block.Dense hidden = champion.model().hidden(encoded);
        float[] numbers = champion.model().numbers(encoded);
        Embedding regions = deviations.regions();
        float[] biases = deviations.biases();
        float[] slopes = deviations.slopes();
        int[] places = regions.encode(rows.column(regions.feature().name())).values();
        double[] scores = new double[numbers.length];
        for (int row = 0; row < scores.length; row++) {
            double number = numbers[row] + biases[places[row]];
            for (int j = 0; j < hidden.width(); j++) {
                number += slopes[places[row] * hidden.width() + j] * hidden.values()[row * hidden.width() + j];
            }
            scores[row] = champion.model().binary() ? 1 / (1 + StrictMath.exp(-number)) : number;
        }
        return scores;
    }

    @Override
    public String export(Graph graph, Map<String, String> inputs) {
        String hidden = champion.model().exportHidden(graph, champion.encoder().export(graph, inputs));
        String number = champion.model().exportHead(graph, hidden);
        Embedding regions = deviations.regions();
        String input = inputs.get(regions.feature().name());
        if (input == null) {
            throw new IllegalArgumentException(
                    "the graph has no input '" + regions.feature().name() + "'");
        }
        String place = regions.export(graph, input);
        String own = gathered(
                graph, "region/slopes", deviations.slopes(), champion.model().width(), place);
        String product = graph.node("Mul", "region/products", List.of(own, hidden));
        String sum = graph.node(
                "ReduceSum",
                "region/sum",
                List.of(product, graph.axes("region/sum/axis", 1)),
                Attributes.of("keepdims", 1));
        String deviation = graph.node(
                "Add", "region/deviation", List.of(sum, gathered(graph, "region/bias", deviations.biases(), 1, place)));
        String moved = graph.node("Add", "region/number", List.of(number, deviation));
        return champion.model().binary() ? graph.node("Sigmoid", "sigmoid", List.of(moved)) : moved;
    }

    private static String gathered(Graph graph, String name, float[] table, int width, String place) {
        String rows = graph.constant(name + "/table", table, table.length / width, width);
        String gathered = graph.node("Gather", name + "/gathered", List.of(rows, place));
        return graph.node("Squeeze", name, List.of(gathered, graph.axes(name + "/axis", 1)));
    }
}
