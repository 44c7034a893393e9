package dev.ringside.training.features;

import dev.ringside.contract.inference.DataType;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.graph.Graph;

/**
 * An encoding of a column of numbers, number by number. It is computed in FP64, here and in the graph, and rounded to
 * FP32 at its end: a meter's reading of five billion keeps its last digit.
 */
interface Numeric extends Encoding {
    /** The encoded value of a number, which is NaN where it is missing. */
    double apply(double raw);

    /** Writes the same computation, from FP64 to FP64. */
    String apply(Graph graph, String raw);

    @Override
    default Part part() {
        return new Part.Numbers(1);
    }

    @Override
    default Block.Dense encode(Column column) {
        float[] encoded = new float[column.size()];
        for (int row = 0; row < encoded.length; row++) {
            encoded[row] = (float) apply(Values.number(column, row));
        }
        return new Block.Dense(1, encoded);
    }

    @Override
    default String export(Graph graph, String raw) {
        String name = feature().name();
        String encoded = apply(graph, graph.cast(name + "/fp64", raw, DataType.FP64));
        return graph.cast(name + "/fp32", encoded, DataType.FP32);
    }
}
