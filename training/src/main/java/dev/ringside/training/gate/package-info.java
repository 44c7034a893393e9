/** The gates that a trained model must pass before it may challenge. */
@NullMarked
package dev.ringside.training.gate;

import org.jspecify.annotations.NullMarked;
