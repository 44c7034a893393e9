package dev.ringside.serving.engine;

import java.nio.file.Path;

/** Opens the model files of one format. */
public interface Engine {
    /** The format as manifests name it, such as {@code onnx}. */
    String format();

    /** The platform as the protocol's model metadata names it, such as {@code onnxruntime_onnx}. */
    String platform();

    /**
     * Opens a file. The caller closes what it gets.
     *
     * @throws ModelFailure if the file is not a model of this format, or has inputs that cannot be fed
     */
    LoadedModel open(Path file) throws ModelFailure;
}
