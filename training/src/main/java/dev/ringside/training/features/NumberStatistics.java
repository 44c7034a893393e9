package dev.ringside.training.features;

import dev.ringside.contract.inference.DataType;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A list of numbers as five statistics: how many there are, mean, standard deviation (divisor n), least and greatest, each
 * standardised by the training rows. Of an empty list all five are 0 before that. NaN in a list is none of its numbers.
 *
 * @param feature the raw column
 * @param moments mean and deviation of each statistic
 */
public record NumberStatistics(FeatureSpec feature, List<Moments> moments) implements Encoding {
    private static final int STATISTICS = 5;

    /** Keeps the list as it is. */
    public NumberStatistics {
        moments = List.copyOf(moments);
    }

    /** Learns mean and deviation of each statistic. */
    public static NumberStatistics fit(FeatureSpec feature, Column column, double[] targets) {
        double[][] all = new double[STATISTICS][column.size()];
        for (int row = 0; row < column.size(); row++) {
            double[] statistics = statistics(Values.list(column, row));
            for (int i = 0; i < STATISTICS; i++) {
                all[i][row] = statistics[i];
            }
        }
        return new NumberStatistics(feature, Arrays.stream(all).map(Moments::of).toList());
    }

    private static double[] statistics(double[] numbers) {
        if (numbers.length == 0) {
            return new double[STATISTICS];
        }
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double number : numbers) {
            sum += number;
            least = Math.min(least, number);
            greatest = Math.max(greatest, number);
        }
        double mean = sum / numbers.length;
        double squares = 0;
        for (double number : numbers) {
            squares += (number - mean) * (number - mean);
        }
        return new double[] {numbers.length, mean, StrictMath.sqrt(squares / numbers.length), least, greatest};
    }

    @Override
    public Part part() {
        return new Part.Numbers(STATISTICS);
    }

    @Override
    public Block.Dense encode(Column column) {
        float[] encoded = new float[column.size() * STATISTICS];
        for (int row = 0; row < column.size(); row++) {
            double[] statistics = statistics(Values.list(column, row));
            for (int i = 0; i < STATISTICS; i++) {
                Moments by = moments.get(i);
                encoded[row * STATISTICS + i] = (float) ((statistics[i] - by.mean()) / by.deviation());
            }
        }
        return new Block.Dense(STATISTICS, encoded);
    }

    @Override
    public String export(Graph graph, String raw) {
        String name = feature.name();
        String axis = graph.axes(name + "/axis", 1);
        String numbers = graph.cast(name + "/fp64", raw, DataType.FP64);
        String missing = graph.node("IsNaN", name + "/missing", List.of(numbers));
        String there =
                graph.cast(name + "/there", graph.node("Not", name + "/present", List.of(missing)), DataType.FP64);
        String zero = graph.constant(name + "/zero", 0.0);
        String one = graph.constant(name + "/one", 1.0);
        String count = graph.node("ReduceSum", name + "/count", List.of(there, axis));
        String divisor = graph.node("Max", name + "/divisor", List.of(count, one));
        String filled = graph.node("Where", name + "/filled", List.of(missing, zero, numbers));
        String sum = graph.node("ReduceSum", name + "/sum", List.of(filled, axis));
        String mean = graph.node("Div", name + "/mean", List.of(sum, divisor));
        String apart = graph.node("Sub", name + "/apart", List.of(numbers, mean));
        String kept = graph.node("Where", name + "/kept", List.of(missing, zero, apart));
        String squared = graph.node("Mul", name + "/squared", List.of(kept, kept));
        String squares = graph.node("ReduceSum", name + "/squares", List.of(squared, axis));
        String variance = graph.node("Div", name + "/variance", List.of(squares, divisor));
        String deviation = graph.node("Sqrt", name + "/deviation", List.of(variance));
        String empty = graph.node("Less", name + "/empty", List.of(count, one));
        List<String> statistics = new ArrayList<>(List.of(count, mean, deviation));
        for (String extreme : List.of("Min", "Max")) {
            double beyond = extreme.equals("Min") ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            String outside = graph.constant(name + "/beyond", beyond);
            String without = graph.node("Where", name + "/without", List.of(missing, outside, numbers));
            String found = graph.node(
                    "Reduce" + extreme, name + "/extreme", List.of(without), Attributes.of("axes", new long[] {1}));
            statistics.add(graph.node("Where", name + "/bounded", List.of(empty, zero, found)));
        }
        String all = graph.node("Concat", name + "/statistics", statistics, Attributes.of("axis", 1));
        double[] means = moments.stream().mapToDouble(Moments::mean).toArray();
        double[] deviations = moments.stream().mapToDouble(Moments::deviation).toArray();
        String centred = graph.node(
                "Sub", name + "/centred", List.of(all, graph.constant(name + "/means", means, 1, STATISTICS)));
        String scaled = graph.node(
                "Div",
                name + "/scaled",
                List.of(centred, graph.constant(name + "/deviations", deviations, 1, STATISTICS)));
        return graph.cast(name + "/fp32", scaled, DataType.FP32);
    }
}
