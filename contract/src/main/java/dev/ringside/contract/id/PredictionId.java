package dev.ringside.contract.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.ringside.contract.InvalidInput;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The name of one prediction, issued by a router only. Layout, 24 bytes as 48 lower-case hexadecimal digits: version (1
 * byte, now 1), time in milliseconds (7 bytes), keyed unit hash (8 bytes), random bits (8 bytes). The id only names its
 * unit; all state is keyed by the unit hash. Text order is time order.
 *
 * @param text the 48 digits
 */
public record PredictionId(@JsonValue String text) implements Comparable<PredictionId> {
    private static final int VERSION = 1;
    private static final HexFormat HEX = HexFormat.of();

    /** @throws InvalidInput if the text is not an id of version 1 */
    @JsonCreator
    public PredictionId {
        InvalidInput.require(
                text.length() == 48
                        && text.startsWith("01")
                        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')),
                "prediction_id",
                "expected an id that a prediction's answer carried (48 hexadecimal digits, first 01), found \"" + text
                        + "\"");
    }

    /** Makes the id of a prediction. */
    public static PredictionId of(Instant time, long unitHash, long random) {
        long millis = time.toEpochMilli();
        byte[] bytes = ByteBuffer.allocate(24)
                .putLong(((long) VERSION << 56) | (millis & 0x00ff_ffff_ffff_ffffL))
                .putLong(unitHash)
                .putLong(random)
                .array();
        return new PredictionId(HEX.formatHex(bytes));
    }

    /** The keyed hash of the unit that was predicted for. */
    public long unitHash() {
        return HexFormat.fromHexDigitsToLong(text, 16, 32);
    }

    @Override
    public int compareTo(PredictionId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
