package dev.ringside.training.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ringside.contract.model.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file that says how far a fitting is: the line {@code ringside checkpoint 1}, a line with the key of the training that
 * it belongs to, a line with the SHA-256 of what follows, then the learner's own bytes.
 */
final class CheckpointFile {
    private static final String MAGIC = "ringside checkpoint 1\n";
    private static final int DIGEST = 64;
    private static final int HEADER = MAGIC.length() + 2 * (DIGEST + 1);

    private final Path file;
    private final String key;

    /** @param key what the training depends on, as a SHA-256 */
    CheckpointFile(Path file, String key) {
        this.file = file;
        this.key = Digests.check("key", key);
    }

    void write(byte[] state) {
        byte[] header = (MAGIC + key + "\n" + Digests.sha256(state) + "\n").getBytes(US_ASCII);
        DurableFile.write(
                file,
                ByteBuffer.allocate(header.length + state.length)
                        .put(header)
                        .put(state)
                        .array());
    }

    /**
     * Reads what was written last; null where nothing was.
     *
     * @throws RunFailure if it is cut, damaged or of another training
     */
    byte @Nullable [] read() {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw refused("cannot be read: " + e.getMessage());
        }
        if (bytes.length < HEADER
                || !Arrays.equals(bytes, 0, MAGIC.length(), MAGIC.getBytes(US_ASCII), 0, MAGIC.length())) {
            throw refused("is no checkpoint, or only the beginning of one: expected the line '" + MAGIC.strip()
                    + "', found " + bytes.length + " bytes");
        }
        String of = new String(bytes, MAGIC.length(), DIGEST, US_ASCII);
        if (!of.equals(key)) {
            throw refused("belongs to another training: expected the key " + key.substring(0, 12) + ", found "
                    + of.substring(0, 12));
        }
        byte[] state = Arrays.copyOfRange(bytes, HEADER, bytes.length);
        String written = new String(bytes, MAGIC.length() + DIGEST + 1, DIGEST, US_ASCII);
        if (!Digests.sha256(state).equals(written)) {
            throw refused("is cut or damaged: its " + state.length + " bytes are not those that were written");
        }
        return state;
    }

    /** What was written last for this same training; null where nothing was, or it is damaged or of another one. */
    byte @Nullable [] readIfSame() {
        try {
            return read();
        } catch (RunFailure e) {
            return null;
        }
    }

    private RunFailure refused(String why) {
        return new RunFailure("the checkpoint " + file.toAbsolutePath().normalize() + " " + why
                + ". Take --from train to fit from the beginning, or put the right file there");
    }
}
