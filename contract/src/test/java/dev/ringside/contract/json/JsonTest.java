package dev.ringside.contract.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JsonTest {
    record Inner(Duration waitFor, int count) {
        Inner {
            InvalidInput.require(count >= 0, "count", "expected 0 or more, found " + count);
        }
    }

    record Outer(String zuluName, Instant at, List<Inner> inner, Map<String, Double> metrics, String absent) {}

    private static final Outer OUTER = new Outer(
            "z",
            Instant.parse("2001-04-01T00:00:00Z"),
            List.of(new Inner(Duration.ofHours(36), 1)),
            new TreeMap<>(Map.of("b", 0.5, "a", 1.0)),
            null);
    private static final String TEXT = """
            {"at":"2001-04-01T00:00:00Z","inner":[{"count":1,"wait_for":"36h"}],\
            "metrics":{"a":1.0,"b":0.5},"zulu_name":"z"}""";

    @Test
    void namesAreSnakeCaseInAlphabeticalOrderAndAbsentInsteadOfNull() {
        assertEquals(TEXT, Json.write(OUTER));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        assertEquals(OUTER, Json.read(TEXT, Outer.class));
        assertEquals(OUTER, Json.readDocument(Json.bytes(OUTER), Outer.class));
    }

    @Test
    void anEventsUnknownFieldIsIgnoredAndADocumentsIsNamedWithTheKnownOnes() {
        String json = "{\"wait_for\":\"1s\",\"count\":1,\"cuont\":2}";

        assertEquals(new Inner(Duration.ofSeconds(1), 1), Json.read(json, Inner.class));
        assertEquals(
                "'cuont': unknown field; did you mean count?; the fields here are count, wait_for",
                complaint(
                        () -> Json.readDocument(json.getBytes(java.nio.charset.StandardCharsets.UTF_8), Inner.class)));
        assertEquals(
                "'cuont': unknown field; did you mean count?; the fields here are count, wait_for",
                complaint(() -> Json.readYaml("wait_for: 1s\ncount: 1\ncuont: 2\n", Inner.class)));
    }

    @Test
    void aRuleOfARecordDeepInsideIsReportedWithItsWholePath() {
        assertEquals(
                "'inner[0].count': expected 0 or more, found -1",
                complaint(() -> Json.read(TEXT.replace("\"count\":1", "\"count\":-1"), Outer.class)));
        assertEquals(
                "'inner[0].wait_for': expected a duration such as 250ms, 10s, 15m, 36h, 42d or 6w, found \"soon\"",
                complaint(() -> Json.read(TEXT.replace("36h", "soon"), Outer.class)));
    }

    @Test
    void textThatIsNoJsonSaysWhere() {
        String complaint = complaint(() -> Json.read("{\"at\":\n x}", Outer.class));

        assertEquals("'line 2, column 2': not valid: ", complaint.substring(0, 31));
    }

    @Test
    void aCharacterThatIsNotAllowedIsReportedWithTheFieldThatItStandsIn() {
        for (String json : List.of(
                "{\"a\": [{}, {\"b\": \"x\0\"}]}",
                "{\"a\": [{}, {\"b\": \"x",
                "{\"a\": [{}, {\"b\": tru",
                "{\"a\": [{}, {\"b\": \"\\q\"}]}",
                "{\"a\": [{}, {\"b\": 1, \"c\0\": 2}]}")) {
            String complaint =
                    complaint(() -> Json.readDocument(json.getBytes(StandardCharsets.UTF_8), JsonNode.class));
            assertTrue(complaint.endsWith("; in or after 'a[1].b'"), complaint);
        }
    }

    @Test
    void aValueOfTheWrongKindIsReportedByWhatIsExpectedThere() {
        for (var document : Map.of(
                        "{\"at\": \"noon\"}", "'at': expected a time such as 2001-04-01T00:00:00Z, found \"noon\"",
                        "{\"at\": true}", "'at': expected a time such as 2001-04-01T00:00:00Z",
                        "{\"inner\": 7}", "'inner': expected a list",
                        "{\"inner\": [null]}", "'inner[0]': expected a value, found null",
                        "{\"inner\": [true]}", "'inner[0]': expected an object with the fields wait_for, count",
                        "{\"inner\": [{\"count\": \"many\"}]}",
                                "'inner[0].count': expected a whole number, found \"many\"",
                        "{\"metrics\": {\"auc\": null}}", "'metrics.auc': expected a value, found null",
                        "{\"absent\": {}}", "'absent': expected a text")
                .entrySet()) {
            assertEquals(
                    document.getValue(),
                    assertThrows(
                                    InvalidInput.class,
                                    () -> Json.readDocument(
                                            document.getKey().getBytes(StandardCharsets.UTF_8), Outer.class))
                            .getMessage());
        }
    }

    @Test
    void nothingIsNoObject() {
        assertEquals("'': expected a JSON object, found nothing", complaint(() -> Json.read("null", Outer.class)));
    }

    private static String complaint(org.junit.jupiter.api.function.Executable reading) {
        return assertThrows(InvalidInput.class, reading).getMessage();
    }

    record Named(String name, List<String> segments, int count, double share, boolean on) {}

    @Test
    @DisplayName("D7: a plain scalar of a document is taken as it is written where a text is expected")
    void aNameThatLooksLikeANumberIsTakenAsItIsWritten() {
        for (String written : List.of("1.10", "007", "NO", "yes", "on", "0x1F", "12_000", "2.0", "1e3", "true", "01")) {
            JsonNode tree = Json.readYaml("name: " + written + "\nsegments: [" + written + ", PDX]\n", JsonNode.class);
            assertEquals(written, tree.path("name").asText());
            assertEquals(written, tree.path("segments").path(0).asText());
            String whole = "name: " + written + "\nsegments: [" + written + "]\ncount: 3\nshare: 0.5\non: true\n";
            var expected = new Named(written, List.of(written), 3, 0.5, true);
            assertEquals(expected, Json.readYaml(whole, Named.class));
            assertEquals(expected, Json.readDocument(Json.readYaml(whole, JsonNode.class), Named.class));
        }
        byte[] json = "{\"name\": 1.10}".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "1.10", Json.readDocument(json, JsonNode.class).path("name").asText());
    }

    @Test
    void aNumberOfADocumentIsANumberWhereOneIsExpected() {
        JsonNode tree = Json.readYaml("whole: 12_000\nhex: 0x1F\nshare: 1.50\non: true\nnothing: ~\n", JsonNode.class);
        assertEquals(12_000, tree.path("whole").intValue());
        assertTrue(tree.path("whole").isIntegralNumber());
        assertEquals(31, tree.path("hex").longValue());
        assertEquals(1.5, tree.path("share").doubleValue());
        assertTrue(tree.path("on").booleanValue());
        assertTrue(tree.path("nothing").isNull());
        assertEquals(
                "{\"whole\":12000,\"hex\":31,\"share\":1.5,\"on\":true,\"nothing\":null}",
                tree.toString().isEmpty() ? "" : Json.write(tree));
    }

    @Test
    void aDocumentThatIsFollowedByAnotherOrRepeatsAFieldIsRefused() {
        assertTrue(complaint(() -> Json.readYaml("a: 1\n---\nb: 2\n", JsonNode.class))
                .contains("another document"));
        assertTrue(
                complaint(() -> Json.readYaml("a: 1\na: 2\n", JsonNode.class)).contains("Duplicate field 'a'"));
        assertTrue(complaint(() -> Json.readYaml("", JsonNode.class)).contains("found nothing"));
    }
}
