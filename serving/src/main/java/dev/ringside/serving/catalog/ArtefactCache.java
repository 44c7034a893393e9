package dev.ringside.serving.catalog;

import dev.ringside.contract.model.Digests;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/**
 * Artefacts on this machine's disk, each in a file named by its digest. A file appears by a rename, whole, and its digest
 * is checked at each use, so neither a crash nor a bad disk can put a wrong model into service. The folder belongs to one
 * process.
 */
public final class ArtefactCache implements Artefacts {
    private static final int DIGEST_LENGTH = 64;
    private static final String PART = ".part";

    private final Path folder;
    private final ArtefactSource source;

    /**
     * @param folder made if it is absent; what an earlier process left half-written there is deleted
     * @param source where to fetch what is not there
     */
    public ArtefactCache(Path folder, ArtefactSource source) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.source = source;
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*" + PART)) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
    }

    /**
     * The file with that digest, fetched if it is not there or damaged.
     *
     * @throws IOException if it cannot be fetched, is not what was asked for, or cannot be written
     */
    @Override
    public Path file(String sha256) throws IOException, InterruptedException {
        Path file = folder.resolve(sha256);
        try {
            if (Digests.sha256(file).equals(sha256)) {
                return file;
            }
        } catch (NoSuchFileException e) {
            // Not fetched yet.
        }
        Path part = Files.createTempFile(folder, sha256, PART);
        try {
            source.fetch(sha256, part);
            String found = Digests.sha256(part);
            if (!found.equals(sha256)) {
                throw new IOException("expected an artefact with digest " + sha256 + ", got " + Files.size(part)
                        + " bytes with " + found);
            }
            return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public void retain(Set<String> digests) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.length() >= DIGEST_LENGTH && !digests.contains(name.substring(0, DIGEST_LENGTH))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
