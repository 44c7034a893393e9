package dev.ringside.metrics.archive;

import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.json.Json;
import dev.ringside.metrics.attribution.EventReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code unit-events} as it stands there, or a place where none does: of a transaction that was aborted, or
 * where a transaction ends.
 *
 * @param offset its offset in its partition
 * @param value its bytes; not copied; none for a record without a value
 * @param record whether there is one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Logged(long offset, byte[] value, boolean record) {
    private static final byte[] NOTHING = {};

    /** What an entry takes of the heap beside its bytes. */
    private static final int OVERHEAD = 64;

    /** @param value null for a record that has none */
    static Logged of(long offset, byte @Nullable [] value) {
        return new Logged(offset, value == null ? NOTHING : value, true);
    }

    static Logged gap(long offset) {
        return new Logged(offset, NOTHING, false);
    }

    int size() {
        return value.length + OVERHEAD;
    }

    /** The event, without inputs and outputs where these cannot be read; null for bytes that are none. */
    @Nullable
    UnitEvent event() {
        if (!record) {
            return null;
        }
        try {
            return Json.read(value, UnitEvent.class);
        } catch (RuntimeException e) {
            return eventWithoutContent();
        }
    }

    private @Nullable UnitEvent eventWithoutContent() {
        try {
            return EventReader.read(value);
        } catch (IOException e) {
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
