/** Trains committed documents with several seeds, and holds what comes of them against what is promised. */
@NullMarked
package dev.ringside.benchmarks.training;

import org.jspecify.annotations.NullMarked;
