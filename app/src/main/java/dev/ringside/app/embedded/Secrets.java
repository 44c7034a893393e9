package dev.ringside.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of an installation on this machine, each made once and kept in a file of its own, mode 0600, in the data
 * folder's {@code secrets}.
 *
 * @param folder the folder {@code secrets}
 */
public record Secrets(Path folder) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    /** Those of a data folder. */
    public static Secrets of(DataFolder data) {
        return new Secrets(data.resolve("secrets"));
    }

    /** The embedded PostgreSQL's password. */
    public String postgres() throws IOException {
        return kept("postgres-password");
    }

    /** The embedded Kafka's password. */
    public String kafka() throws IOException {
        return kept("kafka-password");
    }

    /** The embedded Redis's password. */
    public String redis() throws IOException {
        return kept("redis-password");
    }

    /** The key with which the processes of this data folder prove themselves to each other. */
    public String service() throws IOException {
        return kept("service-key");
    }

    /** Several processes of one folder may ask at the same time: the first one's is everybody's. */
    private String kept(String name) throws IOException {
        Path file = folder.resolve(name);
        String found = read(file);
        if (found != null) {
            return found;
        }
        PrivateFiles.folder(folder);
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        // Of this thread alone: several of one process may ask at the same time.
        Path own = folder.resolve(name + "." + ProcessHandle.current().pid() + "."
                + Thread.currentThread().threadId());
        PrivateFiles.write(own, made + "\n");
        try {
            Files.createLink(file, own);
            return made;
        } catch (java.nio.file.FileAlreadyExistsException e) {
            String first = read(file);
            return first == null ? made : first;
        } finally {
            Files.deleteIfExists(own);
        }
    }

    private static @Nullable String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file).strip() : null;
    }
}
