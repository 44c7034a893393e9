package dev.ringside.training.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Files of a run: there is the old one or the new one, never half of it, also after a power cut. */
final class DurableFile {
    private DurableFile() {}

    /**
     * Writes a file beside its place, forces it to the disk and puts it there.
     *
     * @throws RunFailure if it cannot be written; what was there before is as it was
     */
    static void write(Path file, byte[] bytes) {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Path folder = Files.createDirectories(Objects.requireNonNull(file.getParent(), "a file in a folder"));
            try (FileChannel channel = FileChannel.open(
                    partial,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(folder);
        } catch (IOException e) {
            remove(partial, e);
            throw new RunFailure(
                    "cannot write " + file.toAbsolutePath().normalize() + ": " + e.getMessage()
                            + "; what was there before is as it was. Make space or mend the folder: the same command"
                            + " then goes on",
                    e);
        }
    }

    /** Puts a folder's names on the disk, without which a file may come back under its old name. */
    private static void force(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static void remove(Path partial, IOException reason) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
