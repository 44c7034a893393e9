package dev.ringside.metrics.archive;

import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code unit-events} as it stands there.
 *
 * @param offset its offset in its partition
 * @param value its bytes; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Logged(long offset, byte[] value) {
    /** The event; null for bytes that are none. */
    @Nullable
    UnitEvent event() {
        try {
            return Json.read(value, UnitEvent.class);
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** The bytes as text; null for bytes that are none. */
    @Nullable
    String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
