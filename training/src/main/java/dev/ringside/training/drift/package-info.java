/** How far data have moved from the data that a model was made of. */
@NullMarked
package dev.ringside.training.drift;

import org.jspecify.annotations.NullMarked;
