package dev.ringside.training.transfer;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The version that a training begins with.
 *
 * @param name slot and version, {@code slot/version}
 * @param sha256 digest of its model file
 * @param checkpoint the fitted network
 * @param configuration the document that it was trained by
 */
public record Parent(String name, String sha256, Checkpoint checkpoint, String configuration) {
    /**
     * Reads a version's folder.
     *
     * @throws IllegalArgumentException saying which file is missing or wrong, and what to do
     */
    public static Parent read(Path folder) {
        Path description = folder.resolve("manifest.json");
        Path file = folder.resolve(Checkpoint.FILE);
        for (Path needed : List.of(description, file)) {
            if (!Files.isRegularFile(needed)) {
                throw new IllegalArgumentException(
                        "no file "
                                + needed.toAbsolutePath().normalize()
                                + ": expected the folder of a version of kind network, as train writes it, with its checkpoint");
            }
        }
        try {
            ModelManifest manifest = Json.read(Files.readAllBytes(description), ModelManifest.class);
            byte[] bytes = Files.readAllBytes(file);
            ModelManifest.Lineage lineage = manifest.lineage();
            if (lineage == null || !Digests.sha256(bytes).equals(lineage.checkpointSha256())) {
                throw new IllegalArgumentException("is another file than its manifest says");
            }
            return new Parent(
                    manifest.slot() + "/" + manifest.version(),
                    manifest.sha256(),
                    Checkpoint.read(bytes),
                    lineage.configuration());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(folder + " cannot be read: " + e, e);
        }
    }
}
