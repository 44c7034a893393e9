/** How good scores are. */
@NullMarked
package dev.ringside.training.evaluation;

import org.jspecify.annotations.NullMarked;
