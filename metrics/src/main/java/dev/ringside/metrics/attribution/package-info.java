/** The join of predictions and outcomes: which outcome counts for which arm, and when that is final. */
@NullMarked
package dev.ringside.metrics.attribution;

import org.jspecify.annotations.NullMarked;
