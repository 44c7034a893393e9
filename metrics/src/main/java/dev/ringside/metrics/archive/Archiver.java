package dev.ringside.metrics.archive;

import dev.ringside.contract.model.Digests;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Keeps {@code unit-events} as immutable Parquet files. A file is written beside the archive, forced to the disk, and
 * published by a rename under a name that has its partition, offsets and digest. The archive resumes from its own files:
 * whoever feeds it asks {@link #next} first. Safe for a feeding thread and a thread that calls {@link #flushIfDue}.
 */
public final class Archiver implements AutoCloseable {
    private static final String UNPUBLISHED = ".writing";

    private final ReentrantLock lock = new ReentrantLock();
    private final Path folder;
    private final int recordsPerFile;
    private final long flushAfterNanos;
    private final LongSupplier ticker;
    private final ParquetWriter writer;
    private final Map<Integer, Partition> partitions = new TreeMap<>();

    private static final class Partition {
        private final List<Logged> waiting = new ArrayList<>();
        private long waitingSince;
        private long published;
        private long files;
    }

    /**
     * What is archived of a partition.
     *
     * @param next the offset after the last one that is published
     * @param files how many files hold it
     */
    public record Progress(int partition, long next, long files) {}

    /**
     * Opens an archive: what a crash left half-written is removed.
     *
     * @param folder made if it does not exist
     * @param recordsPerFile a file is published when so many records wait
     * @param flushAfter or when the oldest has waited so long
     * @param ticker nanoseconds, as {@link System#nanoTime}
     * @throws ArchiveDamage if the published files have a gap
     */
    public Archiver(Path folder, int recordsPerFile, Duration flushAfter, LongSupplier ticker) throws IOException {
        this.folder = folder;
        this.recordsPerFile = recordsPerFile;
        this.flushAfterNanos = flushAfter.toNanos();
        this.ticker = ticker;
        Files.createDirectories(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path left :
                    entries.filter(p -> p.toString().endsWith(UNPUBLISHED)).toList()) {
                Files.delete(left);
            }
        }
        for (ArchiveFile file : ArchiveReader.gapless(ArchiveFile.list(folder))) {
            Partition partition = partitions.computeIfAbsent(file.partition(), p -> new Partition());
            partition.published = file.last() + 1;
            partition.files++;
        }
        try {
            this.writer = new ParquetWriter();
        } catch (SQLException e) {
            throw new IOException("the archive's writer does not start: " + e.getMessage(), e);
        }
    }

    /** The offset of a partition that the archive needs next. */
    public long next(int partition) {
        lock.lock();
        try {
            Partition known = partitions.get(partition);
            return known == null ? 0 : known.published + known.waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** How far each partition is published. */
    public List<Progress> progress() {
        lock.lock();
        try {
            return partitions.entrySet().stream()
                    .map(e -> new Progress(e.getKey(), e.getValue().published, e.getValue().files))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the next record of a partition; one that it has is passed over.
     *
     * @throws IllegalStateException if records between are missing
     */
    public void accept(int partition, long offset, byte[] value) throws IOException {
        lock.lock();
        try {
            Partition known = partitions.computeIfAbsent(partition, p -> new Partition());
            long expected = known.published + known.waiting.size();
            if (offset < expected) {
                return;
            }
            if (offset > expected) {
                throw new IllegalStateException("unit-events partition " + partition + ": expected offset " + expected
                        + ", found " + offset + "; the log has lost records that were not archived yet");
            }
            if (known.waiting.isEmpty()) {
                known.waitingSince = ticker.getAsLong();
            }
            known.waiting.add(new Logged(offset, value));
            if (known.waiting.size() >= recordsPerFile) {
                publish(partition, known);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Publishes what has waited long enough. */
    public void flushIfDue() throws IOException {
        lock.lock();
        try {
            long now = ticker.getAsLong();
            for (Map.Entry<Integer, Partition> entry : partitions.entrySet()) {
                Partition partition = entry.getValue();
                if (!partition.waiting.isEmpty() && now - partition.waitingSince >= flushAfterNanos) {
                    publish(entry.getKey(), partition);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Publishes all that waits. */
    public void flush() throws IOException {
        lock.lock();
        try {
            for (Map.Entry<Integer, Partition> entry : partitions.entrySet()) {
                if (!entry.getValue().waiting.isEmpty()) {
                    publish(entry.getKey(), entry.getValue());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void publish(int number, Partition partition) throws IOException {
        Path unpublished = folder.resolve("p" + number + UNPUBLISHED);
        try {
            writer.write(number, partition.waiting, unpublished);
        } catch (SQLException e) {
            throw new IOException("archive of partition " + number + ": " + e.getMessage(), e);
        }
        try (FileChannel channel = FileChannel.open(unpublished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        String name = ArchiveFile.name(
                number,
                partition.waiting.getFirst().offset(),
                partition.waiting.getLast().offset(),
                Digests.sha256(unpublished));
        Files.move(unpublished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        partition.published += partition.waiting.size();
        partition.files++;
        partition.waiting.clear();
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            flush();
            writer.close();
        } catch (SQLException e) {
            throw new IOException(e);
        } finally {
            lock.unlock();
        }
    }
}
