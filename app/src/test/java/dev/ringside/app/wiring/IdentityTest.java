package dev.ringside.app.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
    @TempDir
    Path folder;

    @Test
    void theIdIsMadeOnceAndEveryStartIsANewBoot() throws IOException {
        for (int boot = 1; boot <= 3; boot++) {
            int random = boot;
            try (var identity = Identity.claim(folder, "router", () -> random)) {
                assertEquals("router-00000001", identity.id());
                assertEquals(boot, identity.boot());
            }
        }
    }

    @Test
    void aFolderInUseIsRefusedByName() throws IOException {
        try (var identity = Identity.claim(folder, "router", () -> 1)) {
            assertEquals(1, identity.boot());
            var refusal = assertThrows(IllegalStateException.class, () -> Identity.claim(folder, "router", () -> 2));
            assertTrue(refusal.getMessage().contains(folder.toString()), refusal.getMessage());
        }
    }

    @Test
    void aDamagedFileIsNotReplacedByANewIdentity() throws IOException {
        Files.writeString(folder.resolve("writer.json"), "{\"id\":\"router-1\"");
        var refusal = assertThrows(IllegalStateException.class, () -> Identity.claim(folder, "router", () -> 2));
        assertTrue(refusal.getMessage().contains("writer.json"), refusal.getMessage());
        Files.writeString(folder.resolve("writer.json"), "{\"id\":\"router-1\",\"boot\":4}");
        try (var identity = Identity.claim(folder, "router", () -> 2)) {
            assertEquals(5, identity.boot());
        }
    }
}
