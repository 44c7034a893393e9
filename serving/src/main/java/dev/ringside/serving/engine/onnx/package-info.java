/** ONNX files on ONNX Runtime. */
@NullMarked
package dev.ringside.serving.engine.onnx;

import org.jspecify.annotations.NullMarked;
