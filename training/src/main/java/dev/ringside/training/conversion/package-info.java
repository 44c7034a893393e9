/** Boosted trees that others have fitted, in the files of XGBoost and LightGBM, as ONNX graphs. */
@NullMarked
package dev.ringside.training.conversion;

import org.jspecify.annotations.NullMarked;
