package dev.ringside.experiments.registry;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.model.Digests;
import dev.ringside.experiments.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Files by their SHA-256: what is taken, and that it is still what its name says. */
public final class Artefacts {
    private static final int BUFFER = 65_536;

    private final ArtefactStore store;
    private final long limit;

    /**
     * @param store where they are kept
     * @param limit the largest size that is taken, in bytes
     */
    public Artefacts(ArtefactStore store, long limit) {
        this.store = store;
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
     * An artefact that is being read.
     *
     * @param bytes how many there are
     * @param content the bytes as they are kept, their digest unchecked; whoever asked closes it
     */
    public record Content(long bytes, InputStream content) {}

    /**
     * Keeps some bytes; the same again changes nothing.
     *
     * @throws InvalidInput if there are none
     * @throws Refusal if there are more than the limit, or they cannot be kept now
     */
    public Artefact put(InputStream bytes) {
        return ask(() -> {
            Path incoming = store.incoming();
            try {
                long size = copy(bytes, incoming);
                InvalidInput.require(
                        size > 0,
                        "",
                        "expected the bytes of a file as the body, such as a model's .onnx, found an empty one; send them"
                                + " with curl --data-binary @model.onnx");
                String sha256 = Digests.sha256(incoming);
                store.keep(sha256, incoming);
                return new Artefact(sha256, size);
            } finally {
                Files.deleteIfExists(incoming);
            }
        });
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

    /**
     * The bytes of an artefact.
     *
     * @throws Refusal if it is not here, or the store cannot be asked now
     */
    public Content open(String sha256) {
        Digests.check("sha256", sha256);
        return ask(() -> {
            OptionalLong size = store.size(sha256);
            if (size.isEmpty()) {
                throw Refusal.unknown("artefact " + sha256 + " is not here; POST its bytes to /api/artefacts");
            }
            return new Content(size.getAsLong(), store.open(sha256));
        });
    }

    /**
     * Hands the file of an artefact to a reader, after checking that it is still what its name says.
     *
     * @throws Refusal if it is not here or not that any more, or the store cannot be asked now
     */
    public <T> T read(String sha256, ArtefactStore.Reader<T> reader) {
        Digests.check("sha256", sha256);
        return ask(() -> {
            try {
                return store.read(sha256, file -> {
                    String found = Digests.sha256(file);
                    if (!found.equals(sha256)) {
                        throw Refusal.conflict("artefact " + sha256 + " is damaged where it is kept, its digest is now "
                                + found + "; POST its bytes to /api/artefacts again");
                    }
                    return reader.read(file);
                });
            } catch (NoSuchFileException e) {
                throw Refusal.conflict("artefact " + sha256 + " is not here; POST its bytes to /api/artefacts first");
            }
        });
    }

    /** What is asked of the store. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (ArtefactStore.Away e) {
            throw Refusal.notYet("the artefact store does not answer: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
