package dev.ringside.contract.model;

/**
 * What a model file says of itself, once it was opened and run on zeros.
 *
 * @param sha256 the file's digest
 * @param format as manifests name it, such as {@code onnx}
 * @param platform what runs it, such as {@link ModelMetadata#ONNX}
 * @param signature what goes in and comes out, by the file
 */
public record ModelInspection(String sha256, String format, String platform, Signature signature) {
    /** Checks the digest. */
    public ModelInspection {
        Digests.check("sha256", sha256);
    }
}
