/** ONNX files on ONNX Runtime. */
@NullMarked
package dev.ringside.engine.onnx;

import org.jspecify.annotations.NullMarked;
