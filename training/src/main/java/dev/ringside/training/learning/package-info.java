/** What every learner takes and gives. */
@NullMarked
package dev.ringside.training.learning;

import org.jspecify.annotations.NullMarked;
