/** The barrier of a replay: a time that everybody has reached. */
@NullMarked
package dev.ringside.experiments.barrier;

import org.jspecify.annotations.NullMarked;
