/** Plays scenarios through the policy many times, and counts how it ends. */
@NullMarked
package dev.ringside.benchmarks.run;

import org.jspecify.annotations.NullMarked;
