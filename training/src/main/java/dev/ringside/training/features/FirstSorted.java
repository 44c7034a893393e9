package dev.ringside.training.features;

import dev.ringside.contract.inference.DataType;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.Arrays;
import java.util.List;

/**
 * The least, or the greatest, numbers of a list in order, standardised by all numbers of the training rows; 0 where the
 * list has not so many.
 *
 * @param feature the raw column
 * @param count how many
 * @param greatest whether the greatest come first, else the least
 * @param moments mean and deviation of all numbers
 */
public record FirstSorted(FeatureSpec feature, int count, boolean greatest, Moments moments) implements Encoding {
    /**
     * What to learn.
     *
     * @param count how many
     * @param greatest whether the greatest come first, else the least
     */
    public record Settings(int count, boolean greatest) implements Representation {
        @Override
        public FirstSorted fit(FeatureSpec feature, Column column, double[] targets) {
            double[] numbers = Values.listed(column);
            if (numbers.length == 0) {
                throw new Unrepresentable("is empty in every training row: leave it out");
            }
            return new FirstSorted(feature, count, greatest, Moments.of(numbers));
        }
    }

    @Override
    public Part part() {
        return new Part.Numbers(count);
    }

    @Override
    public Block.Dense encode(Column column) {
        float[] encoded = new float[column.size() * count];
        for (int row = 0; row < column.size(); row++) {
            double[] numbers = Values.list(column, row);
            Arrays.sort(numbers);
            for (int i = 0; i < Math.min(count, numbers.length); i++) {
                double number = numbers[greatest ? numbers.length - 1 - i : i];
                encoded[row * count + i] = (float) ((number - moments.mean()) / moments.deviation());
            }
        }
        return new Block.Dense(count, encoded);
    }

    @Override
    public String export(Graph graph, String raw) {
        String name = feature.name();
        double beyond = greatest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        String outside = graph.scalar(name + "/beyond", beyond);
        String numbers = graph.cast(name + "/fp64", raw, DataType.FP64);
        String missing = graph.node("IsNaN", name + "/missing", List.of(numbers));
        String filled = graph.node("Where", name + "/filled", List.of(missing, outside, numbers));
        // So many more that there are always enough.
        String padded = graph.node(
                "Pad", name + "/padded", List.of(filled, graph.axes(name + "/pads", 0, 0, 0, count), outside));
        String first = graph.nodeOfTwo(
                "TopK",
                name + "/first",
                List.of(padded, graph.axes(name + "/count", count)),
                Attributes.of("axis", 1),
                Attributes.of("largest", greatest ? 1 : 0),
                Attributes.of("sorted", 1));
        String none = graph.node("IsInf", name + "/none", List.of(first));
        String centred =
                graph.node("Sub", name + "/centred", List.of(first, graph.constant(name + "/mean", moments.mean())));
        String scaled = graph.node(
                "Div", name + "/scaled", List.of(centred, graph.constant(name + "/deviation", moments.deviation())));
        String kept = graph.node("Where", name + "/kept", List.of(none, graph.constant(name + "/zero", 0.0), scaled));
        return graph.cast(name + "/fp32", kept, DataType.FP32);
    }
}
