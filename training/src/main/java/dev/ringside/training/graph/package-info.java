/** A writer of ONNX graphs, into which features and models write themselves. */
@NullMarked
package dev.ringside.training.graph;

import org.jspecify.annotations.NullMarked;
