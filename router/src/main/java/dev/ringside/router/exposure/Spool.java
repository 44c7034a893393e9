package dev.ringside.router.exposure;

import dev.ringside.contract.routing.FleetReport;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The events that the log does not have yet, in append-only files of this router's disk. An appended event is in the
 * page cache: it survives {@code kill -9} and any absence of the log, not a power cut.
 *
 * <p>Bounded: beyond {@link #full} nobody is to be enrolled, and the sixteenth of the limit that is then left is for
 * the predictions that are under way; beyond that nothing is taken. Files whose events are all acknowledged are deleted.
 */
public final class Spool implements AutoCloseable {
    /** The least limit: below it a burst of predictions under way would not fit. */
    public static final long LEAST_LIMIT = 1 << 20;

    private static final System.Logger LOG = System.getLogger(Spool.class.getName());
    private static final long LARGEST_SEGMENT = 4 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<SpoolFile> segments = new ArrayDeque<>();
    private final Path folder;
    private final long boot;
    private final long limit;
    private final long segmentLimit;
    private @Nullable FileOutputStream out;
    private long sequence = 1;
    private long index = 1;
    private long pending;
    private long bytes;
    private boolean failing;
    private boolean closed;
    private volatile boolean full;

    private Spool(Path folder, long boot, long limit) {
        this.folder = folder;
        this.boot = boot;
        this.limit = limit;
        this.segmentLimit = Math.min(LARGEST_SEGMENT, limit / 16);
    }

    /**
     * Opens the spool of a folder. What earlier boots left is kept, in their order; an event that a crash cut off in the
     * middle is cut off its file.
     *
     * @param folder made if it does not exist
     * @param boot this boot of the writer, greater than every earlier one
     * @param limit how many bytes its files may take, at least {@link #LEAST_LIMIT}
     */
    public static Spool open(Path folder, long boot, long limit) throws IOException {
        if (limit < LEAST_LIMIT) {
            throw new IllegalArgumentException("limit is " + limit + " bytes, expected at least " + LEAST_LIMIT);
        }
        Files.createDirectories(folder);
        var spool = new Spool(folder, boot, limit);
        for (SpoolFile left : Recovery.segments(folder)) {
            spool.segments.addLast(left);
            spool.pending += left.events();
            spool.bytes += left.bytes();
        }
        spool.updateFull();
        return spool;
    }

    /**
     * Appends an event.
     *
     * @param unitHash chooses its partition
     * @param time its time
     * @param event makes it from its sequence number, 1 and up within the boot
     * @return whether it is in the spool: false if that is at its limit or cannot be written
     */
    boolean append(long unitHash, Instant time, LongFunction<byte[]> event) {
        lock.lock();
        try {
            if (closed || bytes >= limit) {
                return false;
            }
            // Made under the lock: a partition drops sequence numbers that go back, so their order is the files' order.
            byte[] frame = Frames.encode(unitHash, time, event.apply(sequence));
            write(frame);
            sequence++;
            pending++;
            bytes += frame.length;
            failing = false;
            return true;
        } catch (IOException e) {
            if (!failing) {
                LOG.log(System.Logger.Level.ERROR, "the spool cannot be written, units get the champion", e);
            }
            failing = true;
            return false;
        } finally {
            updateFull();
            lock.unlock();
        }
    }

    /** Whether units must not be enrolled, because their events may not fit. */
    public boolean full() {
        return full;
    }

    /** How much waits for the log. */
    public FleetReport.Spool state() {
        lock.lock();
        try {
            return new FleetReport.Spool(pending, bytes, full);
        } finally {
            lock.unlock();
        }
    }

    /** The log has an event. */
    void acknowledged(SpoolFile segment) {
        lock.lock();
        try {
            segment.acknowledged();
            pending--;
            if (segment.done()) {
                delete(segment);
            }
        } finally {
            updateFull();
            lock.unlock();
        }
    }

    /** The segment after another one, or the first; null if there is none yet. */
    @Nullable
    SpoolFile after(@Nullable SpoolFile segment) {
        lock.lock();
        try {
            return segments.stream()
                    .filter(s -> segment == null || SpoolFile.ORDER.compare(s, segment) > 0)
                    .findFirst()
                    .orElse(null);
        } finally {
            lock.unlock();
        }
    }

    /** How far a segment can be read now, and whether that is its end. */
    Extent extent(SpoolFile segment) {
        lock.lock();
        try {
            return new Extent(segment.bytes(), segment.sealed());
        } finally {
            lock.unlock();
        }
    }

    record Extent(long bytes, boolean complete) {}

    /** Whether a segment is of an earlier boot. */
    boolean isEarlier(SpoolFile segment) {
        return segment.boot() < boot;
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            seal();
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] frame) throws IOException {
        SpoolFile current = segments.peekLast();
        if (out == null || current == null || current.bytes() + frame.length > segmentLimit) {
            seal();
            current = begin();
        }
        FileOutputStream file = out;
        if (file == null) {
            throw new IllegalStateException("a segment was begun without a file");
        }
        try {
            file.write(frame);
        } catch (IOException e) {
            // Half an event may stand at the file's end: whatever comes next must not follow it.
            abandon(current, file);
            throw e;
        }
        current.appended(frame.length);
    }

    // A FileOutputStream, not a FileChannel: an interrupt of a request's thread would close a channel for everybody.
    private SpoolFile begin() throws IOException {
        var segment = new SpoolFile(folder, boot, index++);
        var file = new FileOutputStream(segment.file().toFile());
        try {
            file.write(Frames.MAGIC);
        } catch (IOException e) {
            // On a full disk each prediction tries anew: their empty files would fill what is left of it.
            file.close();
            Files.deleteIfExists(segment.file());
            throw e;
        }
        out = file;
        segments.addLast(segment);
        bytes += segment.bytes();
        return segment;
    }

    private void seal() throws IOException {
        FileOutputStream file = out;
        SpoolFile current = segments.peekLast();
        if (file != null && current != null) {
            out = null;
            current.seal();
            if (current.done()) {
                delete(current);
            }
            file.close();
        }
    }

    private void abandon(SpoolFile segment, FileOutputStream file) {
        out = null;
        segment.seal();
        try (file) {
            file.getChannel().truncate(segment.bytes());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot cut half an event off " + segment, e);
        }
        if (segment.done()) {
            delete(segment);
        }
    }

    private void delete(SpoolFile segment) {
        segments.remove(segment);
        bytes -= segment.bytes();
        try {
            Files.deleteIfExists(segment.file());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot delete " + segment + "; its events are sent again later", e);
        }
    }

    private void updateFull() {
        full = failing || bytes >= limit - limit / 16;
    }
}
