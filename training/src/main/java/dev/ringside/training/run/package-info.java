/** A training as steps, each of which keeps what it made in the run's folder, so that one that was ended goes on. */
@NullMarked
package dev.ringside.training.run;

import org.jspecify.annotations.NullMarked;
