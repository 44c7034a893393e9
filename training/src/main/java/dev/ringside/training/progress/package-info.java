/** How far a training is, for those who watch. */
@NullMarked
package dev.ringside.training.progress;

import org.jspecify.annotations.NullMarked;
