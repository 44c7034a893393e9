/** What a learner is fitted to where one class is rare: rows, weights, and the prior that its scores are taken back to. */
@NullMarked
package dev.ringside.training.sampling;

import org.jspecify.annotations.NullMarked;
