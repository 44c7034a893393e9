/** The log as immutable Parquet files, and what is read back from them. */
@NullMarked
package dev.ringside.metrics.archive;

import org.jspecify.annotations.NullMarked;
