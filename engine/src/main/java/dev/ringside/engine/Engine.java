package dev.ringside.engine;

import dev.ringside.contract.model.Batching;
import java.nio.file.Path;

/** Opens the model files of one format. */
public interface Engine {
    /** The format as manifests name it, such as {@code onnx}. */
    String format();

    /** The platform as the protocol's model metadata names it, such as {@code onnxruntime_onnx}. */
    String platform();

    /**
     * Whether a file that nobody has named the format of may be of this one.
     *
     * @param head the first bytes of the file, at least one unless it is empty
     */
    boolean mayRead(byte[] head);

    /** How requests wait and are run together where the model does not say; what is null is the server's to decide. */
    default Batching batching() {
        return Batching.NONE;
    }

    /**
     * Opens a file. The caller closes what it gets.
     *
     * @throws ModelUnreachable if the file says that the model is elsewhere, and it cannot be asked now
     * @throws ModelFailure if the file is not a model of this format, or has inputs that cannot be fed
     */
    LoadedModel open(Path file) throws ModelFailure;
}
