package dev.ringside.metrics.archive;

import dev.ringside.contract.Closing;
import dev.ringside.contract.model.Digests;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code unit-events} as immutable Parquet files. A file is written beside the archive, forced to the disk, and
 * published by a rename under a name that has its partition, offsets and digest. The archive resumes from its own files:
 * whoever feeds it asks {@link #next} first. Safe for a feeding thread and a thread that calls {@link #flushIfDue}.
 */
public final class Archiver implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Archiver.class.getName());
    static final String UNPUBLISHED = ".writing";

    private final ReentrantLock lock = new ReentrantLock();
    private final Path folder;
    private final int recordsPerFile;
    private final long mostBytes;
    private final InstantSource clock;
    private final long flushAfterNanos;
    private final LongSupplier ticker;
    private final ParquetWriter writer;
    private final Map<Integer, Partition> partitions = new TreeMap<>();

    private static final class Partition {
        private final List<Logged> waiting = new ArrayList<>();
        private long waitingSince;
        private long bytes;
        private long published;
        private long files;
        private @Nullable Failure failure;

        long next() {
            return published + waiting.size();
        }
    }

    /**
     * A partition that cannot be archived now.
     *
     * @param offset of the first record that waits
     */
    public record Failure(int partition, long offset, String reason, Instant since) {}

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
     * @param mostBytes the largest partition is published when all that wait have so many bytes
     * @param flushAfter or when the oldest has waited so long
     * @param ticker nanoseconds, as {@link System#nanoTime}
     * @param clock says since when something fails
     * @throws ArchiveDamage if the published files have a gap
     */
    public Archiver(
            Path folder,
            int recordsPerFile,
            long mostBytes,
            Duration flushAfter,
            LongSupplier ticker,
            InstantSource clock)
            throws IOException {
        this.folder = folder;
        this.recordsPerFile = recordsPerFile;
        this.mostBytes = mostBytes;
        this.clock = clock;
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
            return known == null ? 0 : known.next();
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

    /** The partitions that cannot be archived now, and why. */
    public List<Failure> failures() {
        lock.lock();
        try {
            return partitions.values().stream()
                    .map(p -> p.failure)
                    .filter(Objects::nonNull)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the next record of a partition; one that it has is passed over. Offsets in between stand for records of
     * aborted transactions, and for the ends of transactions: whoever feeds the archive knows that none is lost.
     *
     * @param value the record's bytes; null if it has none
     * @throws IOException if the archive is full of what it cannot publish: the record is not taken
     */
    public void accept(int partition, long offset, byte @Nullable [] value) throws IOException {
        lock.lock();
        try {
            Partition known = partitions.computeIfAbsent(partition, p -> new Partition());
            if (offset < known.next()) {
                return;
            }
            while (known.next() < offset) {
                add(partition, known, Logged.gap(known.next()));
            }
            add(partition, known, Logged.of(offset, value));
        } finally {
            lock.unlock();
        }
    }

    /** Publishes before it grows: what cannot be published does not pile up in memory. */
    private void add(int number, Partition partition, Logged record) throws IOException {
        if (partition.waiting.size() >= recordsPerFile) {
            publish(number, partition);
        }
        while (partitions.values().stream().mapToLong(p -> p.bytes).sum() + record.size() > mostBytes) {
            Map.Entry<Integer, Partition> largest = partitions.entrySet().stream()
                    .max(Comparator.comparingLong(e -> e.getValue().bytes))
                    .orElseThrow();
            if (largest.getValue().waiting.isEmpty()) {
                break;
            }
            publish(largest.getKey(), largest.getValue());
        }
        if (partition.waiting.isEmpty()) {
            partition.waitingSince = ticker.getAsLong();
        }
        partition.waiting.add(record);
        partition.bytes += record.size();
    }

    /** Publishes what has waited long enough, or is enough for a file; what fails is tried again at the next call. */
    public void flushIfDue() {
        lock.lock();
        try {
            long now = ticker.getAsLong();
            partitions.forEach((number, partition) -> {
                boolean due = partition.waiting.size() >= recordsPerFile
                        || (!partition.waiting.isEmpty() && now - partition.waitingSince >= flushAfterNanos);
                if (due) {
                    try {
                        publish(number, partition);
                    } catch (IOException e) {
                        // It is among the failures, and the other partitions do not wait for it.
                    }
                }
            });
        } finally {
            lock.unlock();
        }
    }

    /** Publishes all that waits. */
    public void flush() throws IOException {
        lock.lock();
        try {
            var each = new Closing();
            partitions.forEach((number, partition) -> {
                if (!partition.waiting.isEmpty()) {
                    each.run(() -> publish(number, partition));
                }
            });
            each.end("the archive");
        } finally {
            lock.unlock();
        }
    }

    private void publish(int number, Partition partition) throws IOException {
        try {
            write(number, partition);
            if (partition.failure != null) {
                LOG.log(System.Logger.Level.INFO, "the archive of partition {0} goes on", number);
            }
            partition.failure = null;
        } catch (IOException e) {
            Failure before = partition.failure;
            partition.failure = new Failure(
                    number,
                    partition.published,
                    String.valueOf(e.getMessage()),
                    before == null ? clock.instant() : before.since());
            if (before == null) {
                LOG.log(System.Logger.Level.ERROR, "the archive could not be written, it is tried again", e);
            }
            throw e;
        }
    }

    private void write(int number, Partition partition) throws IOException {
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
        partition.bytes = 0;
    }

    /** Publishes what waits, and ends. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            var closing = new Closing();
            closing.run(this::flush);
            closing.close(writer);
            closing.end("the archive");
        } finally {
            lock.unlock();
        }
    }
}
