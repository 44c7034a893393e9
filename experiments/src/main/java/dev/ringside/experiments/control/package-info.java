/** The control plane put together. */
@NullMarked
package dev.ringside.experiments.control;

import org.jspecify.annotations.NullMarked;
