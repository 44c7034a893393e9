/** Raw columns made into the numbers that a learner sees. */
@NullMarked
package dev.ringside.training.features;

import org.jspecify.annotations.NullMarked;
