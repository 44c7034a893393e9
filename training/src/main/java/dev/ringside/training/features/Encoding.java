package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Graph;

/**
 * How one raw column becomes one part: fitted to training rows alone, it encodes any rows, and writes itself into the
 * exported graph, where the same values must come out.
 */
public interface Encoding {
    /** The raw column. */
    FeatureSpec feature();

    /** What it becomes. */
    Part part();

    /** Encodes a column. */
    Block encode(Column column);

    /** Encodes the very rows that it was fitted to, which must not be told of their own targets. */
    default Block encodeTraining(Column column) {
        return encode(column);
    }

    /** The same encoding without what it holds for the rows that it was fitted to alone. */
    default Encoding forOtherRows() {
        return this;
    }

    /**
     * The same encoding with places for what a column has and the training rows had not. Everything that it had a place
     * for keeps it.
     */
    default Encoding grown(Column column) {
        return this;
    }

    /**
     * Writes itself.
     *
     * @param graph where to
     * @param raw the name of the raw input
     * @return the name of the encoded value, of the type and shape that {@link Part} says
     */
    String export(Graph graph, String raw);
}
