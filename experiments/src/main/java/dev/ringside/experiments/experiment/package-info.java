/** Experiments: their document, and the life of each of their regions. */
@NullMarked
package dev.ringside.experiments.experiment;

import org.jspecify.annotations.NullMarked;
