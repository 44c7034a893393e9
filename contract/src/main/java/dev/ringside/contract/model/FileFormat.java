package dev.ringside.contract.model;

import java.util.Arrays;
import java.util.Optional;

/** A format of model files that a folder may hold, under the names that Triton has for it. */
public enum FileFormat {
    /** ONNX, on ONNX Runtime. */
    ONNX(ModelManifest.ONNX, ModelMetadata.ONNX, "onnxruntime", "model.onnx", ".onnx"),
    /** TorchScript, on libtorch. */
    TORCHSCRIPT(ModelManifest.TORCHSCRIPT, ModelMetadata.TORCHSCRIPT, "pytorch", "model.pt", ".pt");

    private final String format;
    private final String platform;
    private final String backend;
    private final String fileName;
    private final String ending;

    FileFormat(String format, String platform, String backend, String fileName, String ending) {
        this.format = format;
        this.platform = platform;
        this.backend = backend;
        this.fileName = fileName;
        this.ending = ending;
    }

    /** As manifests name it. */
    public String format() {
        return format;
    }

    /** As the protocol's model metadata names what runs it. */
    public String platform() {
        return platform;
    }

    /** As model configurations name what runs it. */
    public String backend() {
        return backend;
    }

    /** What a model file is called if nobody says. */
    public String fileName() {
        return fileName;
    }

    /** The one that a platform runs; empty for a platform of no files. */
    public static Optional<FileFormat> ofPlatform(String platform) {
        return Arrays.stream(values())
                .filter(format -> format.platform.equals(platform))
                .findFirst();
    }

    /** The one that a file of that name has, by how the name ends; ONNX if that says nothing. */
    public static FileFormat ofFile(String fileName) {
        return Arrays.stream(values())
                .filter(format -> fileName.endsWith(format.ending))
                .findFirst()
                .orElse(ONNX);
    }
}
