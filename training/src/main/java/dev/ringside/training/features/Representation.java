package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;

/** A way to encode a column, as a document chooses it, before it is fitted. */
@FunctionalInterface
public interface Representation {
    /**
     * Learns what it needs.
     *
     * @param feature the raw column
     * @param column its training rows
     * @param targets what is to be predicted of them; a representation that looks at it says so
     * @throws dev.ringside.training.dataset.InvalidData if the column cannot be represented so
     */
    Encoding fit(FeatureSpec feature, Column column, double[] targets);
}
