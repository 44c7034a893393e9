package dev.ringside.contract.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.GoldenSample;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.KpiDefinition.Combine;
import dev.ringside.contract.kpi.KpiDefinition.Missing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoggedRowsTest {
    static final LoggedRows ROWS = new LoggedRows(
            "flight-delay",
            Instant.parse("2001-04-01T00:00:00Z"),
            Instant.parse("2001-06-01T00:00:00Z"),
            "late",
            Combine.LAST,
            Missing.EXCLUDE,
            Duration.ofHours(36),
            Duration.ofHours(1),
            false,
            null);

    private static JsonNode yaml(String text) {
        return Json.readYaml(text, JsonNode.class);
    }

    @Test
    void theLeastThatADocumentSays() {
        assertEquals(
                ROWS,
                LoggedRows.read(
                        yaml(
                                "{slot: flight-delay, from: 2001-04-01, to: 2001-06-01, outcome: late, within: 36h, data_dir: x}")));
    }

    @Test
    void allThatADocumentCanSay() {
        assertEquals(
                new LoggedRows(
                        "flight-delay",
                        Instant.parse("2001-04-01T06:00:00Z"),
                        ROWS.to(),
                        "late",
                        Combine.SUM,
                        Missing.ZERO,
                        Duration.ofHours(36),
                        Duration.ofHours(12),
                        true,
                        Map.of(0, 12L, 1, 13L)),
                LoggedRows.read(yaml("""
                        slot: flight-delay
                        from: 2001-04-01T06:00:00Z
                        to: 2001-06-01
                        outcome: late
                        within: 36h
                        grace: 12h
                        combine: sum
                        missing: zero
                        include: experiments
                        offsets: {0: 12, 1: 13}
                        """)));
    }

    @Test
    void allProblemsAreListedTogether() {
        String message = assertThrows(InvalidInput.class, () -> LoggedRows.read(yaml("""
                        slot: flight delay
                        from: yesterday
                        outcome: late
                        within: long
                        combine: mean
                        include: everything
                        offsets: {a: 1}
                        graze: 1h
                        """)))
                .getMessage();
        for (String part : List.of(
                "'graze': unknown field; did you mean grace?",
                "'slot': expected 1 to 64 letters",
                "'from': expected a day",
                "'to': missing",
                "'within': expected a duration",
                "'combine': expected sum or first or last or max or any",
                "'include': expected experiments",
                "'offsets.a': expected partitions")) {
            assertTrue(message.contains(part), () -> part + "\n not in \n" + message);
        }
        assertThrows(
                InvalidInput.class,
                () -> LoggedRows.read(yaml("{slot: s, from: 2001-06-01, to: 2001-06-01, outcome: late, within: 36h}")));
    }

    @Test
    void filesByNameAreNoLog() {
        assertTrue(LoggedRows.isAskedFor(yaml("{slot: s, from: 2001-04-01}")));
        assertFalse(LoggedRows.isAskedFor(yaml("{slot: slot.parquet, weather: weather.csv}")));
        assertFalse(LoggedRows.isAskedFor(yaml("flights.parquet")));
    }

    @Test
    void whatLiesBesideTheRowsIsAsItStandsInTheGoldenSample() {
        GoldenSample.of(LoggedRowsTest.class, "rows.json")
                .holds(
                        new RowsManifest(
                                ROWS.at(Map.of(0, 1200L, 1, 1187L)),
                                "ab".repeat(32),
                                41_000,
                                Map.of("in_experiment", 50_000L, "open", 0L),
                                Instant.parse("2001-06-03T00:00:00Z"),
                                Map.of("PDX", 120.5)),
                        RowsManifest.class,
                        "/log");
    }
}
