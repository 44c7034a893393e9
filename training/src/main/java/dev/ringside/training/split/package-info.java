/** Which rows teach, which tell when to stop, and which only measure. */
@NullMarked
package dev.ringside.training.split;

import org.jspecify.annotations.NullMarked;
