package dev.ringside.app.demo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTest {
    @Test
    void theJsonHasTheFieldsThatAreDocumentedAndNullForWhatDoesNotExist() {
        var decided = new Result.Region(
                "better",
                "PDX",
                new Result.Exposures(100, 101),
                0.03,
                0.01,
                0.05,
                0.025,
                "promote",
                Instant.parse("2001-05-05T00:00:00Z"),
                new PeekedTest.Signal(LocalDate.parse("2001-04-09"), 1, 0.0125),
                "abc");
        var waiting = new Result.Region("better", "SEA", null, null, null, null, null, "not_started", null, null, null);
        var result =
                new Result(List.of(decided, waiting), new Books(1, 1, 2, 2, 0, 0, 0, 0, 0, 0), 0, 240, 2_000_000_000L);
        assertEquals(Json.read("""
                {"regions": [
                  {"experiment": "better", "region": "PDX", "exposures": {"champion": 100, "challenger": 101},
                   "difference": 0.03, "lower": 0.01, "upper": 0.05, "true_difference": 0.025, "verdict": "promote",
                   "decided_at": "2001-05-05T00:00:00Z",
                   "peeked_t_test": {"day": "2001-04-09", "sign": 1, "p_value": 0.0125}, "evidence_digest": "abc"},
                  {"experiment": "better", "region": "SEA", "exposures": null, "difference": null, "lower": null,
                   "upper": null, "true_difference": null, "verdict": "not_started", "decided_at": null,
                   "peeked_t_test": null, "evidence_digest": null}],
                 "books": {"predictions_answered": 1, "predictions_logged": 1, "outcomes_accepted": 2, "counted": 2,
                   "outside": 0, "late": 0, "unmatched": 0, "duplicates": 0, "superseded": 0, "lost": 0},
                 "fallbacks": 0, "seconds": 240, "peak_rss_bytes": 2000000000}""", JsonNode.class), Json.read(Json.write(result), JsonNode.class));
    }
}
