/** The trained model as ONNX, proven against ONNX Runtime, with its manifest. */
@NullMarked
package dev.ringside.training.export;

import org.jspecify.annotations.NullMarked;
