package dev.ringside.experiments.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;

/** Artefacts on this machine's disk: written beside their place and renamed, so that a half of one is never seen. */
public final class ArtefactFolder implements ArtefactStore {
    private final Path folder;

    /** @param folder made if it is missing */
    public ArtefactFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public Path incoming() throws IOException {
        return Files.createTempFile(folder, "incoming-", ".part");
    }

    @Override
    public void keep(String sha256, Path incoming) throws IOException {
        Path place = place(sha256);
        Files.createDirectories(place.getParent());
        Files.move(incoming, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public OptionalLong size(String sha256) throws IOException {
        try {
            return OptionalLong.of(Files.size(place(sha256)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        return Files.newInputStream(place(sha256));
    }

    @Override
    public <T> T read(String sha256, Reader<T> reader) throws IOException {
        Path place = place(sha256);
        if (!Files.exists(place)) {
            throw new NoSuchFileException(place.toString());
        }
        return reader.read(place);
    }

    private Path place(String sha256) {
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256);
    }
}
