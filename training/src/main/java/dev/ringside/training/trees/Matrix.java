package dev.ringside.training.trees;

import dev.ringside.training.learning.Examples;
import java.util.Arrays;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Rows in XGBoost's own memory: only values that are there, and of indicators only the ones. */
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
        long most = (long) rows.most() * examples.size();
        if (most > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("trees take at most 2147483639 values, found " + most + " in "
                    + examples.size() + " rows: take fewer rows or columns");
        }
        long[] starts = new long[examples.size() + 1];
        int[] at = new int[(int) most];
        float[] values = new float[(int) most];
        int next = 0;
        for (int row = 0; row < examples.size(); row++) {
            next = rows.present(row, next, at, values);
            starts[row + 1] = next;
        }
        try {
            return new DMatrix(
                    starts,
                    Arrays.copyOf(at, next),
                    Arrays.copyOf(values, next),
                    DMatrix.SparseType.CSR,
                    columns.width(),
                    Float.NaN,
                    1);
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
