package dev.ringside.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D11: a dead letter is small, whatever the record was")
class DeadLetterTest {
    private static final int BOUND = 64_000;

    private static DeadLetter letter(byte[] bytes) {
        DeadLetter letter = DeadLetter.of("x".repeat(900_000), "outcomes", 1, 2L, bytes);
        assertTrue(Json.bytes(letter).length < BOUND);
        assertEquals(letter, Json.read(Json.bytes(letter), DeadLetter.class));
        return letter;
    }

    @Test
    void aShortRecordIsThereAsAWhole() {
        DeadLetter letter = letter("{}".getBytes(StandardCharsets.UTF_8));
        assertEquals("{}", letter.text());
        assertNull(letter.length());
        assertNull(letter.sha256());
        assertEquals("/wE=", letter(new byte[] {(byte) 0xff, 1}).base64());
    }

    @Test
    void aLongTextHasItsBeginningAndItsDigest() {
        byte[] long900 = "é".repeat(450_000).getBytes(StandardCharsets.UTF_8);
        DeadLetter letter = letter(long900);
        assertEquals("é".repeat(512), letter.text());
        assertEquals(900_000, letter.length());
        assertEquals(Digests.sha256(long900), letter.sha256());
        byte[] shifted = ("x" + "é".repeat(450_000)).getBytes(StandardCharsets.UTF_8);
        assertEquals("x" + "é".repeat(511), letter(shifted).text(), "a character that is cut is left out");
    }

    @Test
    void longBytesAndControlCharactersAndEventsToo() {
        byte[] bytes = new byte[900_000];
        Arrays.fill(bytes, (byte) 0xfe);
        assertEquals(1368, String.valueOf(letter(bytes).base64()).length());
        letter(new byte[900_000]);
        Instant time = Instant.parse("2001-04-01T10:00:00Z");
        var event = new Outcome("\1".repeat(200_000), 0, false, 1, null, null, "late", 1, time, time, "ingest");
        DeadLetter letter = DeadLetter.of("no", "unit-events", 0, 1L, event);
        assertNull(letter.event());
        assertTrue(Json.bytes(letter).length < BOUND);
    }
}
