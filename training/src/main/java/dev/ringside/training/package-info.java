/** The challenger factory: from a training configuration to a registered version, in a process of its own. */
@NullMarked
package dev.ringside.training;

import org.jspecify.annotations.NullMarked;
