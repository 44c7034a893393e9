package dev.ringside.contract.routing;

import static dev.ringside.contract.InvalidInput.require;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.ringside.contract.id.PredictionId;
import dev.ringside.contract.model.Digests;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What a slot's prediction events say beside who was predicted for: the inputs as the model got them, and the outputs as
 * they were answered.
 *
 * @param inputs of which share of the predictions the inputs are logged
 * @param outputs whether outputs are logged
 */
public record ContentLog(Share inputs, boolean outputs) {
    /** Everything: what applies where a slot says nothing. */
    public static final ContentLog ALL = new ContentLog(Share.ALL, true);

    /** Nothing. */
    public static final ContentLog NONE = new ContentLog(Share.NONE, false);

    /**
     * A share of predictions. Whether one is in it follows from its id alone, so every process and every later reader says
     * the same.
     *
     * @param millionths of all predictions
     */
    public record Share(int millionths) {
        private static final int WHOLE = 1_000_000;
        private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,4})?)\\s*%");

        /** Every prediction. */
        public static final Share ALL = new Share(WHOLE);

        /** None. */
        public static final Share NONE = new Share(0);

        public Share {
            require(
                    millionths >= 0 && millionths <= WHOLE,
                    "",
                    "expected 0 to " + WHOLE + " millionths, found " + millionths);
        }

        /** Parses {@code all}, {@code none} or a percentage such as {@code 12.5%}. */
        @JsonCreator
        public static Share parse(String text) {
            String stripped = text.strip();
            if (stripped.equals("all")) {
                return ALL;
            }
            if (stripped.equals("none")) {
                return NONE;
            }
            var percent = PERCENT.matcher(stripped);
            require(
                    percent.matches() && new BigDecimal(percent.group(1)).intValue() <= 100,
                    "",
                    "expected all, none or a percentage with at most four decimals such as 12.5%, found \"" + text
                            + "\"");
            return new Share(new BigDecimal(percent.group(1)).movePointRight(4).intValueExact());
        }

        /**
         * Whether a prediction is in the share: the first 64 bits of SHA-256 over its id's text, unsigned, modulo a
         * million, are below it.
         */
        public boolean has(PredictionId id) {
            if (millionths == 0 || millionths == WHOLE) {
                return millionths != 0;
            }
            String digest = Digests.sha256(id.text().getBytes(StandardCharsets.US_ASCII));
            return Long.remainderUnsigned(Long.parseUnsignedLong(digest, 0, 16, 16), WHOLE) < millionths;
        }

        /** {@code all}, {@code none} or a percentage. */
        @Override
        @JsonValue
        public String toString() {
            return switch (millionths) {
                case 0 -> "none";
                case WHOLE -> "all";
                default ->
                    BigDecimal.valueOf(millionths, 4).stripTrailingZeros().toPlainString() + "%";
            };
        }
    }
}
