/** Rows before any fitting: read, cut into parts, and held to what is said of them. */
@NullMarked
package dev.ringside.training.preparation;

import org.jspecify.annotations.NullMarked;
