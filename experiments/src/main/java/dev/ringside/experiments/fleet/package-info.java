/** What the other processes report of themselves. */
@NullMarked
package dev.ringside.experiments.fleet;

import org.jspecify.annotations.NullMarked;
