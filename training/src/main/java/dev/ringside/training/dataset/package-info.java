/** Labelled rows out of Parquet, CSV or a query, cut into parts by time. */
@NullMarked
package dev.ringside.training.dataset;

import org.jspecify.annotations.NullMarked;
