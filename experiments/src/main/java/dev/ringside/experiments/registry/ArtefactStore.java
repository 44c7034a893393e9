package dev.ringside.experiments.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Where artefacts are kept, each under its SHA-256. What is half there is not there. Whoever reads one checks its digest:
 * a store may be damaged.
 *
 * <p>Every method may throw {@link Away} where the store cannot be asked, and {@link IOException} where this machine's disk
 * is at fault.
 */
public interface ArtefactStore {
    /** An empty file on this machine's disk for what comes in; whoever asked for it deletes it. */
    Path incoming() throws IOException;

    /**
     * Keeps what came in; one of that name that is there already is replaced.
     *
     * @param sha256 the digest of the file
     * @param incoming the file, which may be gone afterwards
     */
    void keep(String sha256, Path incoming) throws IOException;

    /** The size of an artefact in bytes; empty if it is not here. */
    OptionalLong size(String sha256) throws IOException;

    /**
     * The bytes of an artefact as they are kept.
     *
     * @throws java.nio.file.NoSuchFileException if it is not here
     */
    InputStream open(String sha256) throws IOException;

    /**
     * Hands a file with the bytes of an artefact to a reader, for as long as that runs.
     *
     * @throws java.nio.file.NoSuchFileException if it is not here
     */
    <T> T read(String sha256, Reader<T> reader) throws IOException;

    /** What looks at a file. */
    @FunctionalInterface
    interface Reader<T> {
        /** Looks at it. */
        T read(Path file) throws IOException;
    }

    /** The store cannot be asked now, or does not let us. The message says which, why and what to do. */
    final class Away extends IOException {
        private static final long serialVersionUID = 1L;

        public Away(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
