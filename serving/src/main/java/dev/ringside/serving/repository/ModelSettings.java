package dev.ringside.serving.repository;

import dev.ringside.contract.model.Batching;

/**
 * What a model's {@code config.yaml} says, or what applies where there is none.
 *
 * @param policy which versions are served
 * @param fileName the model file's name within a version's folder
 * @param batching how requests are to be joined
 */
public record ModelSettings(VersionPolicy policy, String fileName, Batching batching) {
    /** The name of the file. */
    static final String FILE = "config.yaml";

    /** The name of a model file. */
    static final String MODEL = "model.onnx";

    /** What applies without a file. */
    static final ModelSettings DEFAULT = new ModelSettings(new VersionPolicy.Latest(1), MODEL, Batching.NONE);
}
