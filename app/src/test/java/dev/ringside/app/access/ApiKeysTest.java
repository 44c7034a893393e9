package dev.ringside.app.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {
    private static final String KEY = ApiKey.random(new SecureRandom());
    private static final ApiKey ALICE = new ApiKey("alice", AccessRole.OPERATOR, ApiKey.digest(KEY));

    @TempDir
    Path folder;

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aKeyIsRandomAndOnlyItsDigestIsKept() {
        assertTrue(KEY.matches("rsk_[A-Za-z0-9_-]{43}"), KEY);
        assertNotEquals(KEY, ApiKey.random(new SecureRandom()));
        assertFalse(ALICE.entry().contains(KEY));
        assertEquals(ALICE, ApiKey.parse(ALICE.entry()));
        // sha256sum of "abc" in FIPS 180-2.
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ApiKey.digest("abc"));
    }

    @Test
    void aKeyIsTakenAsBearerAndAsABrowsersPassword() throws IOException {
        var keys = new ApiKeys(List.of(ALICE), null);
        for (String header : List.of("Bearer " + KEY, "bearer  " + KEY, basic("alice:" + KEY), basic(":" + KEY))) {
            assertEquals(Optional.of(ALICE), keys.whose(header), header);
        }
        for (String header : List.of("", "Bearer", "Bearer x", KEY, "Basic !", basic("alice"), basic(KEY + ":"))) {
            assertEquals(Optional.empty(), keys.whose(header), header);
        }
        assertEquals(Optional.empty(), keys.whose(null));
        assertEquals(Optional.empty(), keys.whose("Bearer " + ALICE.sha256()), "what is kept is no key");
    }

    @Test
    void aFilesKeysAreTakenAndTakenBackWhileTheProcessRuns() throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), "# people\n\n" + ALICE.entry() + "\n");
        var keys = new ApiKeys(List.of(), file);
        assertEquals(Optional.of(ALICE), keys.whose("Bearer " + KEY));
        Files.writeString(file, "# nobody\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        Thread.sleep(1_100);
        assertEquals(Optional.empty(), keys.whose("Bearer " + KEY));
    }

    @Test
    void whatIsNoKeyIsRefusedWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), ALICE.entry() + "\nbob:king:" + ALICE.sha256() + "\n");
        var refused = assertThrows(InvalidInput.class, () -> new ApiKeys(List.of(), file));
        assertTrue(refused.getMessage().contains("line 2"), refused::getMessage);
        assertTrue(
                refused.getMessage()
                        .contains("expected one of [viewer, experimenter, operator, service], found \"king\""),
                refused::getMessage);
        assertThrows(InvalidInput.class, () -> ApiKey.parse("bob:viewer:abc"));
        assertThrows(InvalidInput.class, () -> ApiKey.parse("bob"));
    }
}
