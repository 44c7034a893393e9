package dev.ringside.metrics.archive;

import dev.ringside.contract.model.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A published file of the archive. Its name says what it holds and what its bytes must be, so that it proves itself:
 * {@code unit-events-p003-000000000000-000000004999-SHA256.parquet}.
 *
 * @param path where it is
 * @param partition of unit-events
 * @param first the offset of its first record
 * @param last the offset of its last record
 * @param sha256 the digest that its bytes must have
 */
public record ArchiveFile(Path path, int partition, long first, long last, String sha256) {
    private static final Pattern NAME =
            Pattern.compile("unit-events-p(\\d{3,})-(\\d{12,})-(\\d{12,})-([0-9a-f]{64})\\.parquet");

    /** The name of a file with these contents. */
    static String name(int partition, long first, long last, String sha256) {
        return "unit-events-p%03d-%012d-%012d-%s.parquet".formatted(partition, first, last, sha256);
    }

    static Optional<ArchiveFile> of(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        return name.matches()
                ? Optional.of(new ArchiveFile(
                        path,
                        Integer.parseInt(name.group(1)),
                        Long.parseLong(name.group(2)),
                        Long.parseLong(name.group(3)),
                        name.group(4)))
                : Optional.empty();
    }

    /** All published files of a folder, by partition and offset. */
    static List<ArchiveFile> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var files = new ArrayList<ArchiveFile>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.forEach(path -> of(path).ifPresent(files::add));
        }
        files.sort(Comparator.comparingInt(ArchiveFile::partition).thenComparingLong(ArchiveFile::first));
        return files;
    }

    /**
     * Checks that its bytes are those that were published.
     *
     * @throws ArchiveDamage if they are not
     */
    void verify() throws IOException {
        String found = Digests.sha256(path);
        if (!found.equals(sha256)) {
            throw new ArchiveDamage("archive file " + path + " was changed: expected SHA-256 " + sha256 + ", found "
                    + found + "; restore it from a copy");
        }
    }
}
