package dev.ringside.training.export;

import dev.ringside.contract.file.WholeFile;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A version's folder, {@code slot/version} below the one for models: {@code model.onnx}, and {@code manifest.json}, which
 * is written last.
 *
 * @param model the model file
 * @param manifest its manifest
 */
public record ModelFolder(Path model, Path manifest) {
    /**
     * Writes all files by rename, so that nobody ever reads half of one.
     *
     * @param others by the name of their file: the card and its plots, a checkpoint
     */
    public static ModelFolder write(Path models, byte[] onnx, ModelManifest manifest, Map<String, byte[]> others)
            throws IOException {
        Path folder = Files.createDirectories(models.resolve(manifest.slot()).resolve(manifest.version()));
        Files.deleteIfExists(folder.resolve("manifest.json"));
        for (var other : others.entrySet()) {
            WholeFile.write(folder.resolve(other.getKey()), other.getValue());
        }
        return new ModelFolder(
                WholeFile.write(folder.resolve("model.onnx"), onnx),
                WholeFile.write(folder.resolve("manifest.json"), Json.pretty(manifest) + "\n"));
    }

    /** Writes a text for people into a version's folder, whether it holds a model or not. */
    public static Path writeText(Path models, String slot, String version, String name, String text)
            throws IOException {
        Path folder = Files.createDirectories(models.resolve(slot).resolve(version));
        return WholeFile.write(folder.resolve(name), text);
    }
}
