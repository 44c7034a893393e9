package dev.ringside.app.retraining;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.file.WholeFile;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A file that was made of a platform's log for a version, and the manifest beside it that says how far the log was read.
 * Where the manifest answers the same question it holds, however the log has grown.
 *
 * @param <M> the manifest
 */
final class KeptReading<M> {
    private final Path folder;
    private final Path file;
    private final Path manifest;
    private final Class<M> type;
    private final Function<M, String> digest;

    /**
     * @param folder of the version
     * @param name of both files, before {@code .parquet} and {@code .json}
     * @param digest the file's, as the manifest has it
     */
    KeptReading(Path folder, String name, Class<M> type, Function<M, String> digest) {
        this.folder = folder;
        this.file = folder.resolve(name + ".parquet");
        this.manifest = folder.resolve(name + ".json");
        this.type = type;
        this.digest = digest;
    }

    /** Where the rows are. */
    Path file() {
        return file;
    }

    /**
     * What was read before.
     *
     * @param answers whether it answers the same question
     * @return null if nothing was, or something else
     */
    @Nullable
    M before(Predicate<M> answers) throws IOException {
        if (!Files.isRegularFile(manifest)) {
            return null;
        }
        try {
            M before = Json.read(Files.readAllBytes(manifest), type);
            return answers.test(before) ? before : null;
        } catch (InvalidInput e) {
            throw new IOException(
                    manifest + " cannot be read: " + e.getMessage() + "; remove it to read the log anew", e);
        }
    }

    /** Whether the file is there as it was made. */
    boolean isWhole(M before) throws IOException {
        return Files.isRegularFile(file) && Digests.sha256(file).equals(digest.apply(before));
    }

    /** What is said where nothing is read again. */
    String words(String what, String told) {
        return what + " as the log was read before: " + told + " (" + manifest
                + "; without that file the log is read anew)";
    }

    /** Makes the folder that both lie in. */
    void makeFolder() throws IOException {
        Files.createDirectories(folder);
    }

    /** Keeps what the file is. */
    void keep(M made) throws IOException {
        WholeFile.write(manifest, Json.pretty(made) + "\n");
    }
}
