/** What it is worth to begin with a fitted network, over many groups of few rows together. */
@NullMarked
package dev.ringside.training.gain;

import org.jspecify.annotations.NullMarked;
