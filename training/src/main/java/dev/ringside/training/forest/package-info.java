/** Trees by their nodes, whoever has fitted them, and as one operator of a graph. */
@NullMarked
package dev.ringside.training.forest;

import org.jspecify.annotations.NullMarked;
