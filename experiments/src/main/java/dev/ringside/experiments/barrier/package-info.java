/** One step of the control plane, by the wall clock or at a replay's barrier. */
@NullMarked
package dev.ringside.experiments.barrier;

import org.jspecify.annotations.NullMarked;
