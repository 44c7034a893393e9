/**
 * The join of predictions and outcomes: which outcome counts for which arm, and when that is final.
 *
 * <p>Threads: an {@code Attribution} belongs to one thread, that of its partition's task, and starts none. It waits for
 * one thing, a definition that has not been published yet; {@code Definitions} alone is used by several threads.
 */
@NullMarked
package dev.ringside.metrics.attribution;

import org.jspecify.annotations.NullMarked;
