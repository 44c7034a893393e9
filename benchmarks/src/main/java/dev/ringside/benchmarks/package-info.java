/** Benchmarks that need no server. What they measure is the product's own classes, never a copy of them. */
@NullMarked
package dev.ringside.benchmarks;

import org.jspecify.annotations.NullMarked;
