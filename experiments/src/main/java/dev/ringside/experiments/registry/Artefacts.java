package dev.ringside.experiments.registry;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.model.Digests;
import dev.ringside.experiments.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files by their SHA-256, on disk: written beside their place and renamed, so that a half of one is never seen. */
public final class Artefacts {
    private static final int BUFFER = 65_536;

    private final Path folder;
    private final long limit;

    /**
     * @param folder made if it is missing
     * @param limit the largest size that is taken, in bytes
     */
    public Artefacts(Path folder, long limit) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.limit = limit;
    }

    /**
     * An artefact.
     *
     * @param sha256 its digest
     * @param bytes its size
     */
    public record Artefact(String sha256, long bytes) {}

    /**
     * Keeps some bytes; the same again changes nothing.
     *
     * @throws InvalidInput if there are none
     * @throws Refusal if there are more than the limit
     */
    public Artefact put(InputStream bytes) throws IOException {
        Path temporary = Files.createTempFile(folder, "incoming-", ".part");
        try {
            long size = copy(bytes, temporary);
            InvalidInput.require(
                    size > 0,
                    "",
                    "expected the bytes of a file as the body, such as a model's .onnx, found an empty one; send them with"
                            + " curl --data-binary @model.onnx");
            String sha256 = Digests.sha256(temporary);
            Path place = place(sha256);
            Files.createDirectories(folder(sha256));
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Artefact(sha256, size);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private long copy(InputStream bytes, Path to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(to)) {
            for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
                size += n;
                if (size > limit) {
                    throw Refusal.tooLarge("the artefact has more than " + limit
                            + " bytes, the limit of ringside.experiments.artefact-limit-bytes");
                }
                out.write(buffer, 0, n);
            }
        }
        return size;
    }

    /** Whether it is here. */
    public boolean has(String sha256) {
        return Files.exists(place(sha256));
    }

    /**
     * The file of an artefact.
     *
     * @throws Refusal if it is not here
     */
    public Path file(String sha256) {
        Digests.check("sha256", sha256);
        Path place = place(sha256);
        if (!Files.exists(place)) {
            throw Refusal.unknown("artefact " + sha256 + " is not here; POST its bytes to /api/artefacts");
        }
        return place;
    }

    /**
     * Checks that an artefact is here and is still what its name says.
     *
     * @throws Refusal if not
     */
    public void verify(String sha256) throws IOException {
        if (!has(sha256)) {
            throw Refusal.conflict("artefact " + sha256 + " is not here; POST its bytes to /api/artefacts first");
        }
        String found = Digests.sha256(place(sha256));
        if (!found.equals(sha256)) {
            throw Refusal.conflict("artefact " + sha256 + " is damaged on disk, its digest is now " + found
                    + "; POST its bytes to /api/artefacts again");
        }
    }

    private Path folder(String sha256) {
        return folder.resolve(sha256.substring(0, 2));
    }

    private Path place(String sha256) {
        return folder(sha256).resolve(sha256);
    }
}
