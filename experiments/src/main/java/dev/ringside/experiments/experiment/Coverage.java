package dev.ringside.experiments.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.ringside.contract.InvalidInput;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Which share of a segment's units is in an experiment.
 *
 * @param millionths the share in millionths
 */
public record Coverage(int millionths) {
    /** Every unit. */
    public static final Coverage ALL = new Coverage(1_000_000);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,4})?)\\s*%");
    private static final BigDecimal PER_PERCENT = BigDecimal.valueOf(10_000);

    /** Parses a percentage such as {@code 12.5%}. */
    @JsonCreator
    public static Coverage parse(String text) {
        var matcher = TEXT.matcher(text.strip());
        InvalidInput.require(
                matcher.matches(),
                "",
                "expected a percentage with at most four decimals such as 12.5%, found \"" + text + "\"");
        int millionths = new BigDecimal(matcher.group(1)).multiply(PER_PERCENT).intValueExact();
        InvalidInput.require(
                millionths > 0 && millionths <= ALL.millionths,
                "",
                "expected more than 0% and at most 100%, found " + text);
        return new Coverage(millionths);
    }

    /** A percentage. */
    @Override
    @JsonValue
    public String toString() {
        return BigDecimal.valueOf(millionths, 4).stripTrailingZeros().toPlainString() + "%";
    }
}
