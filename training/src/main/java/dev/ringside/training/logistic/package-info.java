/** Logistic regression, solved exactly. */
@NullMarked
package dev.ringside.training.logistic;

import org.jspecify.annotations.NullMarked;
