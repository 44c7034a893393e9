/** Sampling distributions of test statistics: their tail probabilities and quantiles. */
@NullMarked
package dev.ringside.training.distribution;

import org.jspecify.annotations.NullMarked;
