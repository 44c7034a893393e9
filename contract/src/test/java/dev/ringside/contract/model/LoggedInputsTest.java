package dev.ringside.contract.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.GoldenSample;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoggedInputsTest {
    private static final LoggedInputs WEEK =
            new LoggedInputs("flight-delay", Duration.ofDays(7), null, null, Map.of(0, 1200L, 1, 1187L));

    private static LoggedInputs read(String text) {
        return LoggedInputs.read(Json.readYaml(text, JsonNode.class));
    }

    @Test
    void aPeriodIsSaidByItsLengthOrByItsEnds() {
        assertEquals(WEEK, read("{slot: flight-delay, last: 7d, offsets: {0: 1200, 1: 1187}, data_dir: elsewhere}"));
        assertEquals(Duration.ofDays(14), read("{slot: flight-delay}").last());
        assertEquals(
                new LoggedInputs(
                        "flight-delay",
                        null,
                        Instant.parse("2001-04-01T00:00:00Z"),
                        Instant.parse("2001-04-08T06:00:00Z"),
                        null),
                read("{slot: flight-delay, from: 2001-04-01, to: 2001-04-08T06:00:00Z}"));
    }

    @Test
    void allProblemsAreListedTogether() {
        String message = assertThrows(
                        InvalidInput.class, () -> read("{slot: flight delay, from: 2001-04-01, last: 7d, lasts: 7d}"))
                .getMessage();
        for (String part : List.of(
                "'lasts': unknown field; did you mean last?",
                "'slot': expected 1 to 64 letters",
                "'to': missing",
                "'last': expected none beside from and to")) {
            assertTrue(message.contains(part), () -> part + "\n not in \n" + message);
        }
        assertThrows(InvalidInput.class, () -> read("{slot: s, last: 0s}"));
        assertThrows(InvalidInput.class, () -> read("{slot: s, from: 2001-04-02, to: 2001-04-02}"));
    }

    @Test
    void whatLiesBesideTheRequestsIsAsItStandsInTheGoldenSample() {
        GoldenSample.of(LoggedInputsTest.class, "served.json")
                .holds(
                        new InputsManifest(
                                WEEK,
                                "ab".repeat(32),
                                41_000,
                                Map.of("without_inputs", 50_000L, "of_several_rows", 0L),
                                Instant.parse("2001-05-26T00:00:00Z"),
                                Instant.parse("2001-06-02T00:00:00Z"),
                                Map.of("hour", "BIGINT", "tags", "VARCHAR[]")),
                        InputsManifest.class,
                        "/log");
    }
}
