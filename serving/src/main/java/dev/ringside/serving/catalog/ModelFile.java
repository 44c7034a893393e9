package dev.ringside.serving.catalog;

import dev.ringside.contract.model.Batching;
import java.nio.file.Path;

/**
 * A version's file where it lies. Two that are equal are the same file, unchanged: what serves one serves the other.
 *
 * @param format as engines name it, such as {@code onnx}
 * @param file what is opened
 * @param digest changes with whatever the version is made of, 64 lower-case hexadecimal digits
 * @param batching how requests for it are to be joined
 * @param attempt counts the times that it was to be loaded anew although nothing had changed
 */
public record ModelFile(String format, Path file, String digest, Batching batching, int attempt)
        implements Desired.Source {}
