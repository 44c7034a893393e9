package dev.ringside.app.demo.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.json.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final ExperimentView VIEW = Json.read("""
            {"name": "better", "slot": "late-arrival", "state": "running",
             "kpis": [{"name": "warning_value", "kind": "mean", "role": "primary", "minimum_effect": 0.02},
                      {"name": "late", "kind": "proportion"}],
             "regions": [
               {"segment": "PDX", "wave": 0, "state": "promoted", "started_at": "2001-04-01T00:00:00Z",
                "verdict": "promote", "decided_at": "2001-05-05T00:00:00Z", "look_id": "17",
                "arms": [
                  {"variant": "champion", "version": "logistic-1", "exposed": 3011, "closed_units": 2900,
                   "kpis": [{"kpi": "warning_value", "units": 2900, "mean": 0.0049}]},
                  {"variant": "challenger", "version": "network-2", "exposed": 3012, "closed_units": 2901,
                   "kpis": [{"kpi": "warning_value", "units": 2901, "mean": 0.0349}]}],
                "kpis": [{"kpi": "warning_value", "role": "primary", "difference": 0.03, "lower": 0.01, "upper": 0.05}],
                "evidence_digest": "0123456789abcdef"},
               {"segment": "SEA", "wave": 1, "state": "waiting", "verdict": "not_started"}]}""", ExperimentView.class);

    @Test
    void showsArmsVerdictsTruthAndBooksInTables() {
        var decided = new Result.Region(
                "better",
                "PDX",
                new Result.Exposures(3011, 3012),
                0.03,
                0.01,
                0.05,
                0.06,
                "promote",
                Instant.parse("2001-05-05T00:00:00Z"),
                null,
                "0123456789abcdef");
        var waiting = new Result.Region("better", "SEA", null, null, null, null, null, "not_started", null, null, null);
        String page = Page.of(
                List.of(VIEW),
                new Result(
                        List.of(decided, waiting), new Books(1000, 1000, 2000, 1, 2, 3, 4, 5, 6, 0), 0, 240, 1_500_000),
                true);
        assertTrue(page.contains("PDX     challenger   network-2      3012    2901        +0.0349"), page);
        assertTrue(page.contains("SEA     not started"), page);
        assertTrue(page.contains("promote      2001-05-05T00:00:00Z  +0.0600  NO"), page);
        assertTrue(page.contains("Counted again by the client: units and mean of every arm are the same"), page);
        assertTrue(page.contains("predictions answered 1,000 = logged 1,000"), page);
    }
}
