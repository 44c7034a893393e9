/**
 * The log as immutable Parquet files, and what is read back from them.
 *
 * <p>Threads: the archive belongs to whoever feeds it and to whoever flushes it; a lock keeps them apart, and each may
 * wait for the disk while the other writes. Reading is done on the caller's thread.
 */
@NullMarked
package dev.ringside.metrics.archive;

import org.jspecify.annotations.NullMarked;
