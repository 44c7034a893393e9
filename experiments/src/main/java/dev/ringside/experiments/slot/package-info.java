/** Slots, and the champion of each of their segments. */
@NullMarked
package dev.ringside.experiments.slot;

import org.jspecify.annotations.NullMarked;
