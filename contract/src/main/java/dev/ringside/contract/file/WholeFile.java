package dev.ringside.contract.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that appears whole: it is written beside its place and renamed, so that nobody ever reads half of it. It is not
 * forced to the disk.
 */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes it, in place of one that is there.
     *
     * @return the file
     */
    public static Path write(Path file, byte[] bytes) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.write(partial, bytes);
        return Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Writes a text in UTF-8, in place of one that is there.
     *
     * @return the file
     */
    public static Path write(Path file, String text) throws IOException {
        return write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
