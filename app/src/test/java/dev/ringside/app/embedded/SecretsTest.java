package dev.ringside.app.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** B2. */
    @Test
    void eachSecretIsRandomAndKeptInAFileThatOnlyItsOwnerMayRead() throws IOException {
        DataFolder data = DataFolder.open(folder.resolve("data"));
        Secrets secrets = Secrets.of(data);
        assertEquals("rwx------", mode(data.root()));
        String postgres = secrets.postgres();
        assertEquals(32, postgres.length());
        assertEquals(postgres, Secrets.of(data).postgres());
        assertNotEquals(postgres, secrets.kafka());
        assertNotEquals(
                postgres, Secrets.of(DataFolder.open(folder.resolve("other"))).postgres());
        assertEquals("rwx------", mode(secrets.folder()));
        assertEquals("rw-------", mode(secrets.folder().resolve("postgres-password")));
        assertEquals("rw-------", mode(secrets.folder().resolve("kafka-password")));
        assertTrue(
                Files.readString(secrets.folder().resolve("postgres-password")).startsWith(postgres));
    }

    @Test
    void whoeverAsksAtTheSameTimeGetsTheSame() throws Exception {
        Secrets secrets = Secrets.of(DataFolder.open(folder));
        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<String> ask = secrets::service;
            List<String> found = threads
                    .invokeAll(IntStream.range(0, 8).mapToObj(_ -> ask).toList())
                    .stream()
                    .map(answer -> {
                        try {
                            return answer.get();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .distinct()
                    .toList();
            assertEquals(1, found.size(), found::toString);
        }
    }
}
