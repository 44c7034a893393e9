/** Rows for training, made of the archive: what was asked, joined with what became of it. */
@NullMarked
package dev.ringside.metrics.trainingset;

import org.jspecify.annotations.NullMarked;
