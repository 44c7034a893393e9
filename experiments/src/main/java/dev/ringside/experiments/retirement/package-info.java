/** Closing writers of events that will not come back, so that nobody waits for them. */
@NullMarked
package dev.ringside.experiments.retirement;

import org.jspecify.annotations.NullMarked;
