package dev.ringside.app.command.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SlotPagesTest {
    private static JsonNode slot(String more) throws IOException {
        String text = """
                {"name": "fare", "unit_type": "user", "segment_attribute": "region", "segments": ["west"],
                 "deadline": "250ms", "versions": ["v1"], "default_champion": "v1", "champions": {},
                 "signature": {"inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 4]}], "outputs": []}
                 %s}""".formatted(more);
        return Json.mapper().readTree(text);
    }

    @Test
    void whatRedisIsAskedForHasALineEach() throws IOException {
        String page = SlotPages.page(slot("""
                , "features": {"from": "redis", "key": "user:{unit}", "budget": "2ms"},
                "limits": {"requests_per_second": 100, "burst": 200, "by": "key", "budget": "5ms"},
                "cache": {"ttl": "1m", "budget": "2ms"}"""));

        assertTrue(page.contains("\nfeatures: user:{unit} of Redis, waited for 2ms\n"), page);
        assertTrue(page.contains("\nlimits: 100 requests a second, 200 at once, by key\n"), page);
        assertTrue(page.contains("\ncache: an answer is given again for 1m\n"), page);
    }

    @Test
    void aSlotThatAsksRedisForNothingSaysNothingOfIt() throws IOException {
        String page = SlotPages.page(slot(", \"features\": null, \"limits\": null"));

        assertFalse(page.contains("features") || page.contains("limits") || page.contains("cache"), page);
        assertEquals(
                "deadline 250ms; versions: v1", page.lines().skip(1).findFirst().orElseThrow());
    }
}
