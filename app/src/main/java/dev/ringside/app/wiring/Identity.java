package dev.ringside.app.wiring;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who a part is to the rest of the fleet: an id made once and kept in the part's folder, and a number that counts its
 * starts. While it is open no other process can be this one: what it writes is known by this pair.
 */
final class Identity implements AutoCloseable {
    private static final String FILE = "writer.json";

    private final String id;
    private final long boot;
    private final FileChannel lockFile;

    private record Kept(String id, long boot) {
        Kept {
            InvalidInput.require(!id.isBlank(), "id", "missing");
            InvalidInput.require(boot >= 1, "boot", "expected 1 or more, found " + boot);
        }
    }

    private Identity(String id, long boot, FileChannel lockFile) {
        this.id = id;
        this.boot = boot;
        this.lockFile = lockFile;
    }

    /**
     * Begins the next boot of the identity of this folder, or makes one. The new boot is on the disk, forced, before
     * this returns: no boot is ever used twice, also not after a power cut.
     *
     * @param folder made if it does not exist
     * @param role begins the id, such as {@code router} in {@code router-3f2a09bc}
     * @param random 64 random bits
     * @throws IllegalStateException if another process has the folder, or its file is damaged
     */
    static Identity claim(Path folder, String role, LongSupplier random) throws IOException {
        Files.createDirectories(folder);
        FileChannel lockFile = lock(folder);
        boolean claimed = false;
        try {
            Path file = folder.resolve(FILE);
            Kept before = read(file);
            Kept now = before == null
                    ? new Kept(role + "-" + "%08x".formatted((int) random.getAsLong()), 1)
                    : new Kept(before.id, before.boot + 1);
            replace(file, Json.bytes(now));
            claimed = true;
            return new Identity(now.id, now.boot, lockFile);
        } finally {
            if (!claimed) {
                lockFile.close();
            }
        }
    }

    /** The id, for as long as the folder is kept. */
    String id() {
        return id;
    }

    /** Which start this is, counting up from 1. */
    long boot() {
        return boot;
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel file =
                FileChannel.open(folder.resolve("writer.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            file.close();
            throw new IllegalStateException("the folder " + folder
                    + " is in use by another process: stop it, or give this one a data folder of its own");
        }
        return file;
    }

    private static @Nullable Kept read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return Json.read(Files.readAllBytes(file), Kept.class);
        } catch (InvalidInput e) {
            throw new IllegalStateException(
                    file + " is damaged (" + e.getMessage()
                            + "): restore it, or delete it, and retire the router that it named if it is one's",
                    e);
        }
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                written, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // The rename is an entry of the folder, and on the disk only when that is.
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
