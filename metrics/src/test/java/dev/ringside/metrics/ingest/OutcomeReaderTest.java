package dev.ringside.metrics.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.id.PredictionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeReaderTest {
    private static final InstallKey KEY = InstallKey.parse("000102030405060708090a0b0c0d0e0f");
    private static final String TIME = "2026-01-31T12:00:00Z";
    private static final PredictionId ID = PredictionId.of(Instant.parse(TIME), KEY.unitHash("u"), 7);

    private final OutcomeReader wall = new OutcomeReader(KEY, false);
    private final OutcomeReader stepped = new OutcomeReader(KEY, true);

    private static List<OutcomeReader.Draft> read(OutcomeReader reader, String json) {
        return reader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String outcome(String fields) {
        return "{'event_id':'e','unit':'u','name':'late','time':'" + TIME + "'," + fields + "}";
    }

    @Test
    void anOutcomeByUnitByPredictionOrByBothIsOfThatUnit() {
        String start = "{'event_id':'e','name':'late','value':1,'time':'" + TIME + "',";
        for (String who :
                List.of("'unit':'u'}", "'prediction_id':'" + ID + "'}", "'unit':'u','prediction_id':'" + ID + "'}")) {
            assertEquals(KEY.unitHash("u"), read(wall, start + who).getFirst().unitHash(), who);
        }
        var e = assertThrows(InvalidInput.class, () -> read(wall, start + "'unit':'v','prediction_id':'" + ID + "'}"));
        assertEquals("prediction_id", e.field());
    }

    @Test
    @DisplayName("D15: a unit is whatever a router takes for one, and blanks are none for either")
    void aUnitIsWhateverARouterTakesForOne() {
        String longest = "u".repeat(1024);
        assertEquals(KEY.unitHash(longest), unitHash("'" + longest + "'"));
        assertEquals(KEY.unitHash("4711"), unitHash("4711"));
        for (String refused : List.of("'" + longest + "u'", "1.5", "true", "''", "'  '", "'\\t'")) {
            assertEquals(
                    "unit",
                    assertThrows(InvalidInput.class, () -> unitHash(refused)).field());
        }
    }

    private long unitHash(String unit) {
        return read(wall, outcome("'value':1").replace("'u'", unit)).getFirst().unitHash();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4e-7", "0.0000005", "-4e-7", "1e-320"})
    @DisplayName("D16: a value that is not zero and would be kept as zero is refused")
    void aValueBelowAMillionthIsRefused(String value) {
        var e = assertThrows(InvalidInput.class, () -> read(wall, outcome("'value':" + value)));
        assertEquals("value", e.field());
        assertTrue(e.getMessage().contains("millionths"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "1,1000000",
        "-0.25,-250000",
        "0.0000015,2",
        "1e9,1000000000000000",
        "-1000000000,-1000000000000000",
        "0,0",
        "-0.0,0",
        "0e-9,0"
    })
    void aValueIsTakenInMicroUnits(String value, long micros) {
        assertEquals(micros, read(wall, outcome("'value':" + value)).getFirst().valueMicros());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "value | 'value':1000000001",
                "value | 'value':1e999",
                "value | 'value':-1e400",
                "value | 'value':'1'",
                "value | 'value':null",
                "revision | 'value':1,'revision':-1",
                "revision | 'value':1,'revision':1.5",
                "revision | 'value':1,'revision':9999999999",
                "retraction | 'value':1,'retraction':1",
                "colour | 'value':1,'colour':'red'",
                "received_at | 'value':1,'received_at':'2026-01-31T12:00:00Z'",
            })
    void aBrokenRuleNamesItsField(String field, String fields) {
        var e = assertThrows(InvalidInput.class, () -> read(wall, outcome(fields)));
        assertTrue(e.field().equals(field) || e.getMessage().contains(field), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "event_id | {'unit':'u','name':'late','value':1,'time':'2026-01-31T12:00:00Z'}",
                "event_id | {'event_id':'','unit':'u','name':'late','value':1,'time':'2026-01-31T12:00:00Z'}",
                "unit | {'event_id':'e','name':'late','value':1,'time':'2026-01-31T12:00:00Z'}",
                "name | {'event_id':'e','unit':'u','value':1,'time':'2026-01-31T12:00:00Z'}",
                "name | {'event_id':'e','unit':'u','name':'a/b','value':1,'time':'2026-01-31T12:00:00Z'}",
                "value | {'event_id':'e','unit':'u','name':'late','time':'2026-01-31T12:00:00Z'}",
                "time | {'event_id':'e','unit':'u','name':'late','value':1}",
                "time | {'event_id':'e','unit':'u','name':'late','value':1,'time':'yesterday'}",
                "time | {'event_id':'e','unit':'u','name':'late','value':1,'time':'1899-12-31T00:00:00Z'}",
                "time | {'event_id':'e','unit':'u','name':'late','value':1,'time':'2100-01-01T00:00:00Z'}",
                "time | {'event_id':'e','unit':'u','name':'late','value':1,'time':'+1000000000-12-31T23:59:59Z'}",
                "prediction_id | {'event_id':'e','prediction_id':'x','name':'late','value':1,'time':'2026-01-31T12:00:00Z'}",
            })
    void whatIsMissingOrMisshapenIsNamedWhateverTheClock(String field, String outcome) {
        for (OutcomeReader reader : List.of(wall, stepped)) {
            assertEquals(
                    field,
                    assertThrows(InvalidInput.class, () -> read(reader, outcome))
                            .field());
        }
    }

    @Test
    void anEventIdHasAtMost128Characters() {
        String longest = "x".repeat(128);
        String tail = "','unit':'u','name':'late','value':1,'time':'" + TIME + "'}";
        assertEquals(
                longest, read(wall, "{'event_id':'" + longest + tail).getFirst().eventId());
        var e = assertThrows(InvalidInput.class, () -> read(wall, "{'event_id':'y" + longest + tail));
        assertEquals("event_id", e.field());
    }

    @Test
    void aFieldThatIsRepeatedIsAnError() {
        var e = assertThrows(InvalidInput.class, () -> read(wall, outcome("'value':1,'value':2")));
        assertTrue(e.getMessage().contains("value"), e.getMessage());
    }

    @Test
    void theIndexOfTheFirstBrokenOutcomeIsNamed() {
        String good = outcome("'value':1");
        assertEquals(2, read(wall, "[" + good + "," + good + "]").size());
        var e = assertThrows(InvalidInput.class, () -> read(wall, "[" + good + "," + outcome("'value':'x'") + "]"));
        assertEquals("[1].value", e.field());
        e = assertThrows(InvalidInput.class, () -> read(wall, "[" + good + ",7]"));
        assertEquals("[1]", e.field());
    }

    @Test
    void aTextThatCannotBeKeptIsNamedWithItsIndexAndField() {
        String good = outcome("'value':1");
        for (String half : List.of("\\u0000", "\\ud83d")) {
            String bad = good.replace("'event_id':'", "'event_id':'" + half);
            var e = assertThrows(InvalidInput.class, () -> read(wall, "[" + good + "," + bad + "]"));
            assertEquals("[1].event_id", e.field());
            assertTrue(e.getMessage().endsWith("leave it out of the outcome"), e.getMessage());
        }
        String raw = good.replace("'event_id':'", "'event_id':'\0");
        var e = assertThrows(InvalidInput.class, () -> read(wall, "[" + good + "," + raw + "]"));
        assertTrue(e.getMessage().endsWith("in or after '[1].event_id'"), e.getMessage());
    }

    @Test
    void aPostHasAtMostAThousand() {
        String good = outcome("'value':1");
        String thousand = "[" + (good + ",").repeat(999) + good;
        assertEquals(1000, read(wall, thousand + "]").size());
        assertThrows(InvalidInput.class, () -> read(wall, thousand + "," + good + "]"));
    }

    @Test
    void whatIsNoJsonOrNoOutcomeIsRefused() {
        for (String body : List.of("", "{", "null", "7", "'text'", "[[]]", "{} {}", "\u0000")) {
            assertThrows(InvalidInput.class, () -> read(wall, body), body);
        }
    }

    @Test
    void inAReplayTheReceiptIsTheFieldOfThatNameOrTheTime() {
        assertEquals(
                Instant.parse(TIME),
                read(stepped, outcome("'value':1")).getFirst().receivedAt());
        assertEquals(
                Instant.parse("2026-02-01T00:00:00Z"),
                read(stepped, outcome("'value':1,'received_at':'2026-02-01T00:00:00Z'"))
                        .getFirst()
                        .receivedAt());
        assertNull(read(wall, outcome("'value':1")).getFirst().receivedAt());
        var e = assertThrows(
                InvalidInput.class, () -> read(stepped, outcome("'value':1,'received_at':'2026-01-31T11:59:54Z'")));
        assertEquals("time", e.field());
    }
}
