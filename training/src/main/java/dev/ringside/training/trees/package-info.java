/** Gradient-boosted trees: fitted by XGBoost, walked and exported by themselves. */
@NullMarked
package dev.ringside.training.trees;

import org.jspecify.annotations.NullMarked;
