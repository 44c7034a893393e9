/** The control plane: slots, registry, experiments, looks, decisions, audit. */
@NullMarked
package dev.ringside.experiments;

import org.jspecify.annotations.NullMarked;
