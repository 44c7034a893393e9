package dev.ringside.contract.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.InvalidInput;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S, 250ms",
        "1500 ms, PT1.5S, 1500ms",
        "10s, PT10S, 10s",
        "15m, PT15M, 15m",
        "36h, PT36H, 36h",
        "24h, PT24H, 24h",
        "42d, P42D, 42d",
        "6w, P42D, 42d",
        "0s, PT0S, 0ms",
        "90s, PT90S, 90s"
    })
    void aDurationIsReadAsPeopleWriteItAndWrittenInItsLargestExactUnit(String text, Duration duration, String written) {
        assertEquals(duration, DurationText.parse(text));
        assertEquals(written, DurationText.format(duration));
        assertEquals(duration, DurationText.parse(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-1s", "1.5h", "PT10S", "1y", "99999999999s"})
    void anythingElseIsRefused(String text) {
        assertThrows(InvalidInput.class, () -> DurationText.parse(text));
    }

    @Test
    void theComplaintShowsWhatCame() {
        InvalidInput invalid = assertThrows(InvalidInput.class, () -> DurationText.parse("soon"));

        assertEquals(
                "'': expected a duration such as 250ms, 10s, 15m, 36h, 42d or 6w, found \"soon\"",
                invalid.getMessage());
    }
}
