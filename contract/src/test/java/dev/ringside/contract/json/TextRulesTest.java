package dev.ringside.contract.json;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import org.junit.jupiter.api.Test;

class TextRulesTest {
    private static String complaint(String json) {
        return assertThrows(InvalidInput.class, () -> check(json)).getMessage();
    }

    private static void check(String json) {
        TextRules.check(Json.read(json, JsonNode.class), "experiment");
    }

    @Test
    void aTextThatCannotBeKeptIsNamedWithItsFieldAndItsDocument() {
        assertEquals(
                "'kpis[1].name': expected a text that can be kept as it is, found the character NUL (\\u0000) after 2"
                        + " characters; leave it out of the experiment",
                complaint("{\"kpis\": [{\"name\": \"a\"}, {\"name\": \"ab\\u0000\"}]}"));
        assertEquals(
                "'': expected a text that can be kept as it is, found the character NUL (\\u0000) after 0 characters;"
                        + " leave it out of the experiment",
                complaint("\"\\u0000\""));
    }

    @Test
    void halfOfASurrogatePairIsRefusedWhereverItStands() {
        for (String text :
                new String[] {"\\ud83d", "\\ude80", "\\ude80\\ud83d", "\\ud83d\\ud83d\\ude80", "x\\ud83dx"}) {
            String complaint = complaint("{\"why\": \"" + text + "\"}");
            assertEquals(0, complaint.indexOf("'why': "), complaint);
            assertEquals(1, complaint.split("half of a surrogate pair").length - 1, complaint);
        }
    }

    @Test
    void namesAreTextsToo() {
        assertEquals(0, complaint("{\"metrics\": {\"a\\u0000\": 1}}").indexOf("'metrics': "));
    }

    @Test
    void everyOtherTextIsLeftAlone() {
        assertDoesNotThrow(
                () -> check("{\"a\": [1, true, null, \"\\t\\ud83d\\ude80 \u00e9\", {}], \"\\ud83d\\ude80\": \"\"}"));
    }
}
