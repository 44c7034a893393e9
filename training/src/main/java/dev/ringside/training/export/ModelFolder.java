package dev.ringside.training.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
            write(folder.resolve(other.getKey()), other.getValue());
        }
        return new ModelFolder(
                write(folder.resolve("model.onnx"), onnx),
                write(folder.resolve("manifest.json"), (Json.pretty(manifest) + "\n").getBytes(UTF_8)));
    }

    /** Writes a text for people into a version's folder, whether it holds a model or not. */
    public static Path writeText(Path models, String slot, String version, String name, String text)
            throws IOException {
        Path folder = Files.createDirectories(models.resolve(slot).resolve(version));
        return write(folder.resolve(name), text.getBytes(UTF_8));
    }

    private static Path write(Path target, byte[] bytes) throws IOException {
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        Files.write(partial, bytes);
        return Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
