/** The HTTP API of the control plane. */
@NullMarked
package dev.ringside.experiments.api;

import org.jspecify.annotations.NullMarked;
