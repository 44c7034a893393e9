package dev.ringside.app.embedded;

import dev.ringside.contract.file.Folders;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, unpacked once, for nobody but the user who runs them: into the data folder, or into a folder that
 * several share, as it takes seconds.
 */
final class PostgresBinaries {
    private static final int EXECUTABLE = 0100;

    private PostgresBinaries() {}

    /** The folder that has {@code bin}, {@code lib} and {@code share}; one process makes it, others wait. */
    static synchronized Path unpacked(Path folder) throws IOException {
        PrivateFiles.folder(folder);
        Path ready = folder.resolve("17.6.0");
        // The lock goes with its channel.
        try (var channel = FileChannel.open(
                folder.resolve("unpacking.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            if (Files.isDirectory(ready)) {
                return ready;
            }
            Path begun = folder.resolve("unpacking");
            // What a process that was killed while it unpacked has left.
            Folders.delete(begun);
            try (InputStream packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary("Linux", "x86_64");
                    var tar = new TarArchiveInputStream(
                            new XZCompressorInputStream(new BufferedInputStream(packed, 1 << 16)))) {
                unpack(tar, PrivateFiles.folder(begun));
            }
            Files.move(begun, ready, StandardCopyOption.ATOMIC_MOVE);
        }
        return ready;
    }

    private static void unpack(TarArchiveInputStream tar, Path into) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path file = into.resolve(entry.getName()).normalize();
            if (!file.startsWith(into)) {
                throw new IOException("PostgreSQL's archive has the name " + entry.getName() + ", outside of it");
            }
            if (entry.isDirectory()) {
                PrivateFiles.folder(file);
                continue;
            }
            PrivateFiles.folder(file.getParent() == null ? into : file.getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            } else if (entry.isLink()) {
                Files.createLink(file, into.resolve(entry.getLinkName()));
            } else {
                Files.copy(tar, file);
                Files.setPosixFilePermissions(
                        file,
                        PosixFilePermissions.fromString(
                                (entry.getMode() & EXECUTABLE) == 0 ? "rw-------" : "rwx------"));
            }
        }
    }
}
