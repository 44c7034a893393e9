package dev.ringside.training.conversion;

import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.model.ModelManifest.Golden;
import dev.ringside.training.forest.TreeNode;
import dev.ringside.training.forest.TreeNode.AtMost;
import dev.ringside.training.forest.TreeNode.Less;
import dev.ringside.training.forest.TreeNode.Member;
import dev.ringside.training.forest.TreeNode.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rows where it matters: each value is at a threshold that a tree has, or just beside it, or a category that one asks for. */
final class GoldenRows {
    private static final long SEED = 20_261_130;
    private static final int ROWS = 32;

    /** Sums of FP32 depend on the order in which they are made; the order of a graph is the runtime's. */
    private static final double SINGLE = 1e-5;

    private static final double DOUBLE = 1e-9;

    private final BoostedTrees model;
    private final List<String> inputs;
    private final String output;
    private final List<List<Double>> values;
    private final SplittableRandom random = new SplittableRandom(SEED);

    /** @param inputs the names of the graph's inputs: one, or one for each column */
    GoldenRows(BoostedTrees model, List<String> inputs, String output) {
        this.model = model;
        this.inputs = inputs;
        this.output = output;
        this.values = new ArrayList<>();
        model.columns().forEach(_ -> values.add(new ArrayList<>(List.of(0.0))));
        model.trees().forEach(tree -> collect(tree.root()));
    }

    private void collect(TreeNode node) {
        if (node instanceof Split split) {
            List<Double> column = values.get(split.column());
            switch (split.test()) {
                case Less(double threshold) -> beside(column, threshold);
                case AtMost(double threshold) -> beside(column, threshold);
                case Member(var places) -> {
                    column.add((double) places.nextSetBit(0));
                    column.add((double) places.length());
                }
            }
            collect(split.yes());
            collect(split.no());
        }
    }

    private void beside(List<Double> column, double threshold) {
        column.add(threshold);
        column.add(model.isDouble() ? Math.nextUp(threshold) : Math.nextUp((float) threshold));
        column.add(model.isDouble() ? Math.nextDown(threshold) : Math.nextDown((float) threshold));
    }

    /** One request of some rows, with what they are answered. */
    List<Golden> golden() {
        int columns = model.columns().size();
        double[] rows = new double[ROWS * columns];
        double[] answers = new double[ROWS * model.outputs()];
        double most = 1;
        for (int row = 0; row < ROWS; row++) {
            double[] one = new double[columns];
            for (int column = 0; column < columns; column++) {
                List<Double> from = values.get(column);
                one[column] = from.get(random.nextInt(from.size()));
                rows[row * columns + column] = one[column];
            }
            double[] answer = model.predict(one);
            for (int i = 0; i < answer.length; i++) {
                answers[row * answer.length + i] = answer[i];
                most = Math.max(most, Math.abs(answer[i]));
            }
        }
        return List.of(new Golden(
                tensors(rows, columns),
                List.of(new Tensor(output, List.of((long) ROWS, (long) model.outputs()), data(answers))),
                most * (model.isDouble() ? DOUBLE : SINGLE)));
    }

    private List<Tensor> tensors(double[] rows, int columns) {
        if (inputs.size() != columns) {
            return List.of(new Tensor(inputs.getFirst(), List.of((long) ROWS, (long) columns), data(rows)));
        }
        var tensors = new ArrayList<Tensor>();
        for (int column = 0; column < columns; column++) {
            double[] one = new double[ROWS];
            for (int row = 0; row < ROWS; row++) {
                one[row] = rows[row * columns + column];
            }
            tensors.add(new Tensor(inputs.get(column), List.of((long) ROWS, 1L), data(one)));
        }
        return tensors;
    }

    private TensorData data(double[] numbers) {
        if (model.isDouble()) {
            return new TensorData.Fp64(numbers);
        }
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return new TensorData.Fp32(floats);
    }
}
