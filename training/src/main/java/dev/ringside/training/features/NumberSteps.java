package dev.ringside.training.features;

import dev.ringside.contract.inference.DataType;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.List;

/**
 * The last numbers of a list, in their order, for a learner that reads them one after the other ({@link Part.Steps}). Each
 * is standardised by all numbers of the training rows' lists.
 *
 * @param feature the raw column
 * @param moments mean and deviation of all numbers
 * @param part how they are read
 */
public record NumberSteps(FeatureSpec feature, Moments moments, Part.Steps part) implements Encoding {
    /**
     * What to learn.
     *
     * @param part how they are read
     */
    public record Settings(Part.Steps part) implements Representation {
        @Override
        public NumberSteps fit(FeatureSpec feature, Column column, double[] targets) {
            double[] numbers = Values.listed(column);
            if (numbers.length == 0) {
                throw new Unrepresentable("has no number in any training row: leave it out");
            }
            return new NumberSteps(feature, Moments.of(numbers), part);
        }
    }

    @Override
    public Block.Dense encode(Column column) {
        if (!(column instanceof Column.NumberLists(float[] values, int[] starts))) {
            throw new Unrepresentable("has no lists of numbers");
        }
        int steps = part.steps();
        float[] encoded = new float[Math.multiplyExact(column.size(), 2 * steps)];
        for (int row = 0; row < column.size(); row++) {
            int end = starts[row + 1];
            while (end > starts[row] && Float.isNaN(values[end - 1])) {
                end--; // in the graph what is missing at the end cannot be told from what is not there
            }
            for (int i = Math.max(starts[row], end - steps); i < end; i++) {
                if (!Float.isNaN(values[i])) {
                    int place = 2 * (row * steps + steps - end + i);
                    encoded[place] = (float) ((values[i] - moments.mean()) / moments.deviation());
                    encoded[place + 1] = 1;
                }
            }
        }
        return new Block.Dense(2 * steps, encoded);
    }

    @Override
    public String export(Graph graph, String raw) {
        String name = feature.name();
        String missing = graph.node("IsNaN", name + "/missing", List.of(raw));
        String there = graph.node("Not", name + "/there", List.of(missing));
        LastItems last = LastItems.of(graph, name, there, part.steps());
        String exact = graph.cast(name + "/fp64", raw, DataType.FP64);
        String centred =
                graph.node("Sub", name + "/centred", List.of(exact, graph.constant(name + "/mean", moments.mean())));
        String scaled = graph.node(
                "Div", name + "/scaled", List.of(centred, graph.constant(name + "/deviation", moments.deviation())));
        String numbers = last.of(name + "/numbers", graph.cast(name + "/fp32", scaled, DataType.FP32));
        String none = graph.constant(name + "/none", new float[] {0}, 1, 1);
        String filled = graph.node("Where", name + "/filled", List.of(last.known(), numbers, none));
        String axis = graph.axes(name + "/axis", 2);
        return graph.node(
                "Concat",
                name + "/steps",
                List.of(
                        graph.node("Unsqueeze", name + "/number", List.of(filled, axis)),
                        graph.node(
                                "Unsqueeze",
                                name + "/presence",
                                List.of(graph.cast(name + "/known/fp32", last.known(), DataType.FP32), axis))),
                Attributes.of("axis", 2));
    }
}
