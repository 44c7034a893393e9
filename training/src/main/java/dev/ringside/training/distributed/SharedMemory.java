package dev.ringside.training.distributed;

import dev.ringside.training.network.Ranks;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Memory that the ranks of one machine share: a file of a file system that is memory, which has no name any more once all
 * have opened it, so that nothing stays of ranks that are killed. Every rank has two areas in it, of which it fills one
 * while the others may still read the other, and a count of how often it has filled one. A rank holds a lock on one byte
 * of the file as long as its process lives, by which others see that it is gone.
 *
 * <p>Belongs to one thread of each rank.
 */
final class SharedMemory implements Closeable {
    /** Where Linux has a file system that is memory. */
    static final Path DEVICE = Path.of("/dev/shm");

    private static final VarHandle COUNT = ValueLayout.JAVA_LONG.varHandle();
    /** Counts are apart by a line of the processor's cache, and areas begin at a page. */
    private static final long LINE = 64;

    private static final long PAGE = 4096;
    static final int AREAS = 2;
    private static final int SPINS = 2_000;
    private static final long PAUSE_NANOS = 20_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final int own;
    private final int ranks;
    private final Duration patience;
    private final FileChannel file;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment counts;
    private final MemorySegment[][] areas;
    private long filled;

    private SharedMemory(FileChannel file, int own, int ranks, long bytes, Duration patience) throws IOException {
        this.file = file;
        this.own = own;
        this.ranks = ranks;
        this.patience = patience;
        file.lock(own, 1, false); // given back with the file, or the process
        boolean mapped = false;
        try {
            counts = file.map(FileChannel.MapMode.READ_WRITE, 0, head(ranks), arena);
            areas = new MemorySegment[ranks][AREAS];
            for (int rank = 0; rank < ranks; rank++) {
                for (int area = 0; area < AREAS; area++) {
                    long at = head(ranks) + ((long) rank * AREAS + area) * pages(bytes);
                    areas[rank][area] = file.map(FileChannel.MapMode.READ_WRITE, at, bytes, arena);
                }
            }
            mapped = true;
        } finally {
            if (!mapped) {
                arena.close();
            }
        }
    }

    /**
     * Memory of all ranks, where they all are on one machine and it has room for it. All call this at once.
     *
     * @param folder where it is made
     * @param floats how many numbers an area has
     * @param patience how long a rank may be awaited
     * @return null, for all of them, where one has no such memory
     */
    static @Nullable SharedMemory of(Ranks ranks, Path folder, long floats, Duration patience) {
        long bytes = floats * Float.BYTES;
        Path made = ranks.own() == 0 ? made(folder, ranks.count(), bytes) : null;
        byte[] name =
                ranks.bytes((made == null ? "" : made.getFileName().toString()).getBytes(StandardCharsets.UTF_8), 0);
        Path path = folder.resolve(new String(name, StandardCharsets.UTF_8));
        SharedMemory opened = name.length == 0 ? null : opened(path, ranks, bytes, patience);
        boolean all = ranks.sum(opened == null ? 0 : 1) == ranks.count();
        if (made != null) {
            delete(made);
        }
        if (!all && opened != null) {
            opened.close();
        }
        return all ? opened : null;
    }

    /** Its bytes are written, as a mapped file that the file system has no room for ends the process that touches it. */
    private static @Nullable Path made(Path folder, int ranks, long bytes) {
        if (bytes > Integer.MAX_VALUE || !Files.isDirectory(folder)) {
            return null;
        }
        Path path = null;
        try {
            path = Files.createTempFile(
                    folder,
                    "ringside-ranks-",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
                long left = head(ranks) + (long) ranks * AREAS * pages(bytes);
                ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 16);
                while (left > 0) {
                    left -= file.write(zeros.clear().limit((int) Math.min(zeros.capacity(), left)));
                }
            }
            return path;
        } catch (IOException | UnsupportedOperationException e) {
            if (path != null) {
                delete(path);
            }
            return null;
        }
    }

    private static @Nullable SharedMemory opened(Path path, Ranks ranks, long bytes, Duration patience) {
        FileChannel file = null;
        try {
            file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return new SharedMemory(file, ranks.own(), ranks.count(), bytes, patience);
        } catch (IOException e) {
            if (file != null) {
                close(file);
            }
            return null;
        }
    }

    private static long head(int ranks) {
        return pages(ranks * LINE);
    }

    private static long pages(long bytes) {
        return Math.ceilDiv(bytes, PAGE) * PAGE;
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new IllegalStateException("cannot delete " + path + ", the memory of this training's ranks", e);
        }
    }

    /** The numbers that a rank puts into an area, for as long as this is open. */
    FloatPointer numbers(int rank, int area) {
        return new FloatPointer(new BytePointer(areas[rank][area].asByteBuffer()));
    }

    /** The area that this rank fills next, and then the others read. */
    int next() {
        return (int) (filled % AREAS);
    }

    /**
     * Says that this rank has filled its next area, and waits until all have. Afterwards all may be read until this rank
     * says so again.
     *
     * @throws LostRank if one is gone
     */
    void exchange() {
        filled++;
        COUNT.setRelease(counts, own * LINE, filled);
        for (int rank = 0; rank < ranks; rank++) {
            if (rank != own) {
                await(rank);
            }
        }
    }

    private void await(int rank) {
        int looks = 0;
        long begun = 0;
        long seen = 0;
        while (!hasFilled(rank)) {
            if (++looks < SPINS) {
                Thread.onSpinWait();
                continue;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            long now = System.nanoTime();
            if (begun == 0) {
                begun = now;
                seen = now;
            }
            if (now - seen > BETWEEN_LOOKS.toNanos()) {
                seen = now;
                if (isGone(rank) && !hasFilled(rank)) {
                    throw new LostRank("rank " + own + " has lost rank " + rank + ": it has ended", null);
                }
                if (now - begun > patience.toNanos()) {
                    throw new LostRank(
                            "rank " + own + " has lost rank " + rank + ": it has said nothing for "
                                    + patience.toMinutes() + " minutes",
                            null);
                }
            }
        }
    }

    private boolean hasFilled(int rank) {
        return (long) COUNT.getAcquire(counts, rank * LINE) >= filled;
    }

    private boolean isGone(int rank) {
        try (FileLock lock = file.tryLock(rank, 1, false)) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // a thread of this process
        } catch (IOException e) {
            throw new LostRank("rank " + own + " cannot see whether rank " + rank + " lives: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        arena.close();
        close(file);
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot give back the memory that ranks share", e);
        }
    }
}
