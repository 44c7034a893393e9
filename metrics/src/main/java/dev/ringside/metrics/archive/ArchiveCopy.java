package dev.ringside.metrics.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An archive that is on this machine's disk and in a store. Several processes archive the same log, and where their files
 * begin and end differs: each sends what takes the store further than it is, and with it whatever its own files need to
 * begin where some file in the store ends. So from offset 0 on there always is a chain of files as far as anybody has
 * come, and a reader takes one chain. One thread at a time.
 */
public final class ArchiveCopy {
    private static final System.Logger LOG = System.getLogger(ArchiveCopy.class.getName());
    private static final String NAME = "unit-events-";

    private final Path folder;
    private final ArchiveStore store;

    /** By partition, the last end of an own file at which a file in the store ends too. */
    private final Map<Integer, Long> joined = new HashMap<>();

    private @Nullable String failure;

    /** How an attempt to send ended. */
    public sealed interface Sent {
        /** The store is as far as this machine's disk. */
        record Level(int files) implements Sent {}

        /** It is not: nothing is lost, and the next attempt goes on where this one stood. */
        record Behind(String reason) implements Sent {}
    }

    /** @param folder of an {@link Archiver}, or where a reader wants the archive to be */
    public ArchiveCopy(Path folder, ArchiveStore store) {
        this.folder = folder;
        this.store = store;
    }

    /** Sends what the store lacks. The first of several failures is logged, and that it goes on. */
    public Sent send() {
        try {
            int files = 0;
            for (var own : byPartition(ArchiveFile.list(folder)).entrySet()) {
                files += send(own.getKey(), own.getValue());
            }
            if (failure != null) {
                LOG.log(System.Logger.Level.INFO, "the archive is sent again");
            }
            failure = null;
            return new Sent.Level(files);
        } catch (IOException e) {
            if (failure == null) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "the archive could not be sent, it is tried again: {0}",
                        e.getMessage());
            }
            failure = String.valueOf(e.getMessage());
            return new Sent.Behind(failure);
        }
    }

    private int send(int partition, List<ArchiveFile> own) throws IOException {
        long end = own.getLast().last() + 1;
        long from = joined.getOrDefault(partition, 0L);
        if (end == from) {
            return 0;
        }
        String prefix = NAME + "p%03d-".formatted(partition);
        // Just before the name of a file that begins there.
        List<String> names = store.names(prefix, prefix + "%012d".formatted(from));
        ArchiveChain kept = ArchiveChain.from(from, files(names));
        var there = new HashSet<String>(names);
        List<ArchiveFile> lacking = lacking(own, kept).stream()
                .filter(file -> !there.contains(name(file)))
                .toList();
        for (ArchiveFile file : lacking) {
            file.verify();
            store.keep(file.path());
        }
        if (!lacking.isEmpty()) {
            joined.put(partition, end);
        }
        own.stream()
                .map(file -> file.last() + 1)
                .filter(kept::reaches)
                .max(Long::compare)
                .ifPresent(met -> joined.merge(partition, met, Math::max));
        return lacking.size();
    }

    /** What has to be sent so that the store is as far as the own files: from where they meet last. */
    private static List<ArchiveFile> lacking(List<ArchiveFile> own, ArchiveChain kept) {
        var lacking = new ArrayList<ArchiveFile>();
        if (kept.end() >= own.getLast().last() + 1) {
            return lacking;
        }
        for (ArchiveFile file : own.reversed()) {
            lacking.addFirst(file);
            if (kept.reaches(file.first())) {
                break;
            }
        }
        return lacking;
    }

    /**
     * Fetches what goes on from where the files on the disk end: before an archiver begins on a disk that is new, or was
     * away.
     *
     * @return how many files were fetched
     * @throws ArchiveDamage naming the file in the store that is not what its name says; those before it are there
     */
    public int restore() throws IOException {
        var ends = new TreeMap<Integer, Long>();
        ArchiveFile.list(folder).forEach(file -> ends.put(file.partition(), file.last() + 1));
        int files = 0;
        for (var kept : byPartition(files(store.names(NAME, ""))).entrySet()) {
            long from = ends.getOrDefault(kept.getKey(), 0L);
            files += fetch(ArchiveChain.from(from, kept.getValue()).files());
        }
        return files;
    }

    /**
     * Makes the folder what the store has, for readers: a whole archive of what all processes together have sent. What is
     * there is not fetched again.
     *
     * @return how many files were fetched
     * @throws ArchiveDamage naming the file in the store that is not what its name says
     */
    public int mirror() throws IOException {
        var wanted = new ArrayList<ArchiveFile>();
        for (List<ArchiveFile> kept : byPartition(files(store.names(NAME, ""))).values()) {
            wanted.addAll(ArchiveChain.from(0, kept).files());
        }
        var names = wanted.stream().map(ArchiveCopy::name).collect(Collectors.toCollection(TreeSet::new));
        for (ArchiveFile there : ArchiveFile.list(folder)) {
            if (!names.contains(name(there))) {
                Files.delete(there.path());
            }
        }
        return fetch(wanted);
    }

    private int fetch(List<ArchiveFile> files) throws IOException {
        Files.createDirectories(folder);
        int fetched = 0;
        for (ArchiveFile file : files) {
            Path place = folder.resolve(name(file));
            if (Files.exists(place)) {
                continue;
            }
            Path unpublished = folder.resolve(name(file) + Archiver.UNPUBLISHED);
            try {
                Files.deleteIfExists(unpublished);
                store.fetch(name(file), unpublished);
                new ArchiveFile(unpublished, file.partition(), file.first(), file.last(), file.sha256()).verify();
                Files.move(unpublished, place, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unpublished);
            }
            fetched++;
        }
        return fetched;
    }

    private static String name(ArchiveFile file) {
        return Objects.requireNonNull(file.path().getFileName()).toString();
    }

    private static List<ArchiveFile> files(List<String> names) {
        return names.stream()
                .flatMap(name -> ArchiveFile.of(Path.of(name)).stream())
                .toList();
    }

    private static Map<Integer, List<ArchiveFile>> byPartition(List<ArchiveFile> files) {
        return files.stream().collect(Collectors.groupingBy(ArchiveFile::partition, TreeMap::new, Collectors.toList()));
    }
}
