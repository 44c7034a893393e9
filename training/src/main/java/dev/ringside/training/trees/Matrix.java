package dev.ringside.training.trees;

import dev.ringside.training.learning.Examples;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.LabeledPoint;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Rows in XGBoost's own memory: only values that are there, and of indicators only the ones. They are handed over some
 * thousands at a time, so that they are there only once.
 */
final class Matrix implements AutoCloseable {
    private final DMatrix matrix;

    Matrix(Columns columns, Examples examples) {
        try {
            matrix = sparse(columns, examples);
            float[] targets = new float[examples.size()];
            float[] weights = new float[examples.size()];
            for (int i = 0; i < targets.length; i++) {
                targets[i] = (float) examples.targets()[i];
                weights[i] = (float) examples.weight(i);
            }
            matrix.setLabel(targets);
            if (examples.weights() != null) {
                matrix.setWeight(weights);
            }
            String[] types = new String[columns.width()];
            Arrays.setAll(types, column -> columns.kind(column) == Columns.Kind.PLACE ? "c" : "q");
            matrix.setFeatureTypes(types);
        } catch (XGBoostError e) {
            throw Boosting.failure(e);
        }
    }

    private static DMatrix sparse(Columns columns, Examples examples) throws XGBoostError {
        Columns.Rows rows = columns.rows(examples.features());
        int[] at = new int[rows.most()];
        float[] values = new float[rows.most()];
        Iterator<LabeledPoint> points = IntStream.range(0, examples.size())
                .mapToObj(row -> {
                    int count = rows.present(row, 0, at, values);
                    return new LabeledPoint(
                            (float) examples.targets()[row],
                            columns.width(),
                            Arrays.copyOf(at, count),
                            Arrays.copyOf(values, count));
                })
                .iterator();
        try {
            return new DMatrix(points, null, Float.NaN);
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "trees need XGBoost's native library, which cannot be loaded: expected Linux on x86-64 with the"
                            + " system's OpenMP library, found " + e + "; install it with: apt-get install libgomp1",
                    e);
        }
    }

    DMatrix matrix() {
        return matrix;
    }

    @Override
    public void close() {
        matrix.dispose();
    }
}
