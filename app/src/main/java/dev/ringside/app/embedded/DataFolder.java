package dev.ringside.app.embedded;

import dev.ringside.app.configuration.Role;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder that holds everything an installation keeps on a machine.
 *
 * @param root its absolute path
 */
public record DataFolder(Path root) {
    private static final String EMBEDDED = "embedded";

    /** A lock goes with its channel, and the garbage collector closes a channel that nothing refers to. */
    private static final Set<FileLock> HELD = ConcurrentHashMap.newKeySet();

    /** A folder that this process may not use; the message says why, and what to do. */
    public static final class Unusable extends IOException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /** Where it is unless {@code --data-dir} says otherwise. */
    public static Path standard() {
        return Path.of(System.getProperty("user.home"), ".local", "share", "ringside");
    }

    /**
     * Opens the folder, making it when it is new.
     *
     * @throws IOException if it belongs to another user or cannot be written
     */
    public static DataFolder open(Path path) throws IOException {
        Path root = path.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(root)) {
                PrivateFiles.folder(root);
            }
        } catch (IOException e) {
            throw new Unusable(
                    "data folder " + root + " cannot be made (" + e + "): name another folder with --data-dir");
        }
        String owner = Files.getOwner(root).getName();
        String user = System.getProperty("user.name");
        if (!Files.isWritable(root) || (!owner.equals(user) && !isSame(owner))) {
            throw new Unusable("data folder " + root + " belongs to " + owner + ", this is " + user
                    + ": start as that user, or name another folder with --data-dir");
        }
        return new DataFolder(root);
    }

    private static boolean isSame(String owner) throws IOException {
        // A user without an entry in the password file has a number for a name.
        Path probe = Files.createTempFile("ringside", ".owner");
        try {
            return Files.getOwner(probe).getName().equals(owner);
        } finally {
            Files.delete(probe);
        }
    }

    /**
     * Takes the lock of a role, so that two processes never share one role's files; for a role that starts the embedded
     * parts also theirs. The locks go with the process.
     *
     * @throws IOException if another process holds one of them
     */
    public void lock(Role role) throws IOException {
        if (!tryLock(role)) {
            throw taken("of role " + role.label() + " runs on");
        }
        if ((role == Role.ALL || role == Role.NONE) && !tryLock(EMBEDDED)) {
            throw taken("has started PostgreSQL and Kafka in");
        }
    }

    private Unusable taken(String how) {
        return new Unusable("another process " + how + " data folder " + root
                + ": stop it first, or name another folder with --data-dir");
    }

    /** Takes the lock of a role if no other process has it. */
    public boolean tryLock(Role role) throws IOException {
        return tryLock(role.label());
    }

    private boolean tryLock(String name) throws IOException {
        Path file = PrivateFiles.folder(root.resolve("locks")).resolve(name);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return false;
        }
        HELD.add(lock);
        return true;
    }

    /** A file or folder in it. */
    public Path resolve(String name) {
        return root.resolve(name);
    }
}
