/** One document fitted in several ways to the same rows, for people to compare. */
@NullMarked
package dev.ringside.training.comparison;

import org.jspecify.annotations.NullMarked;
