/** The time that events carry: the machine's, or a replay's. */
@NullMarked
package dev.ringside.experiments.clock;

import org.jspecify.annotations.NullMarked;
