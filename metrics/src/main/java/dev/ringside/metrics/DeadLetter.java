package dev.ringside.metrics;

import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A record that nothing could be made of, with the reason: the value of the topic {@code dead-letter}. A letter is small
 * whatever the record was: of one longer than {@value #LONGEST} bytes it has the beginning and the digest, and the record
 * itself is where it stood.
 *
 * @param reason what was expected and what was found
 * @param topic where it stood
 * @param partition the partition there; null where it did not come through one
 * @param offset the offset there; null if the reason was found only later
 * @param event the record, if it is one of ours and short
 * @param text its text, if it is none of ours; the beginning of a long one
 * @param base64 its bytes, if they are no text either; the beginning of a long one
 * @param length how many bytes a long record has; null for one that is here as a whole
 * @param sha256 the digest of a long record's bytes
 */
public record DeadLetter(
        String reason,
        String topic,
        @Nullable Integer partition,
        @Nullable Long offset,
        @Nullable UnitEvent event,
        @Nullable String text,
        @Nullable String base64,
        @Nullable Integer length,
        @Nullable String sha256) {
    private static final int LONGEST = 16_384;
    private static final int HEAD = 1024;
    private static final int LONGEST_REASON = 1000;

    /** Cuts a reason that quotes too much. */
    public DeadLetter {
        reason = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason;
    }

    /** An event that breaks a rule. */
    public static DeadLetter of(
            String reason, String topic, @Nullable Integer partition, @Nullable Long offset, UnitEvent event) {
        byte[] bytes = Json.bytes(event);
        return bytes.length > LONGEST
                ? of(reason, topic, partition, offset, bytes)
                : new DeadLetter(reason, topic, partition, offset, event, null, null, null, null);
    }

    /** Bytes that are no event. */
    public static DeadLetter of(
            String reason, String topic, @Nullable Integer partition, @Nullable Long offset, byte[] bytes) {
        boolean whole = bytes.length <= LONGEST;
        byte[] shown = whole ? bytes : Arrays.copyOf(bytes, HEAD);
        String text = text(shown, whole);
        return new DeadLetter(
                reason,
                topic,
                partition,
                offset,
                null,
                text,
                text == null ? Base64.getEncoder().encodeToString(shown) : null,
                whole ? null : bytes.length,
                whole ? null : Digests.sha256(bytes));
    }

    /** The text that the bytes are; null for none. Where they are a beginning, its last character may be cut. */
    private static @Nullable String text(byte[] bytes, boolean whole) {
        for (int cut = 0; cut < (whole ? 1 : 4); cut++) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, 0, bytes.length - cut))
                        .toString();
            } catch (CharacterCodingException e) {
                // With a byte less.
            }
        }
        return null;
    }
}
