/** The routing table, made from everything above. */
@NullMarked
package dev.ringside.experiments.routing;

import org.jspecify.annotations.NullMarked;
