/**
 * A folder of models in the field's layout, {@code NAME/VERSION/model.onnx} or {@code model.pt} with an optional {@code NAME/config.yaml}: what
 * lies there, which versions of it are to be served, and loading and unloading them.
 */
@NullMarked
package dev.ringside.serving.repository;

import org.jspecify.annotations.NullMarked;
