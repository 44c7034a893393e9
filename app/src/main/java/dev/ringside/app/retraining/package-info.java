/** From the platform's own log to the next experiment: rows for the trainer, and a plan for what it made. */
@NullMarked
package dev.ringside.app.retraining;

import org.jspecify.annotations.NullMarked;
