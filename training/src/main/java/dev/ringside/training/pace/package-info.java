/** How long a pass of a network takes: beside the same network written out against libtorch, and where processes share it. */
@NullMarked
package dev.ringside.training.pace;

import org.jspecify.annotations.NullMarked;
