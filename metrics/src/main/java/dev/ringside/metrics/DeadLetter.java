package dev.ringside.metrics;

import dev.ringside.contract.event.UnitEvent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A record that nothing could be made of, with the reason: the value of the topic {@code dead-letter}.
 *
 * @param reason what was expected and what was found
 * @param topic where it stood
 * @param partition the partition there; null where it did not come through one
 * @param offset the offset there; null if the reason was found only later
 * @param event the record, if it is one of ours
 * @param text its text, if it is none of ours
 * @param base64 its bytes, if they are no text either
 */
public record DeadLetter(
        String reason,
        String topic,
        @Nullable Integer partition,
        @Nullable Long offset,
        @Nullable UnitEvent event,
        @Nullable String text,
        @Nullable String base64) {

    /** An event that breaks a rule. */
    public static DeadLetter of(
            String reason, String topic, @Nullable Integer partition, @Nullable Long offset, UnitEvent event) {
        return new DeadLetter(reason, topic, partition, offset, event, null, null);
    }

    /** Bytes that are no event. */
    public static DeadLetter of(
            String reason, String topic, @Nullable Integer partition, @Nullable Long offset, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new DeadLetter(reason, topic, partition, offset, null, text, null);
        } catch (CharacterCodingException e) {
            String base64 = Base64.getEncoder().encodeToString(bytes);
            return new DeadLetter(reason, topic, partition, offset, null, null, base64);
        }
    }
}
