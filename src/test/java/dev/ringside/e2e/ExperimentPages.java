package dev.ringside.e2e;

import static dev.ringside.e2e.DashboardDocuments.experiment;
import static dev.ringside.e2e.DashboardDocuments.kpi;
import static dev.ringside.e2e.DashboardDocuments.region;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The pages of experiments and their regions; {@link DashboardIT} runs them. */
abstract class ExperimentPages {
    private final DashboardBrowser dashboard;

    ExperimentPages(DashboardBrowser dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    @DisplayName("S17: the effect since a promotion stands beside the one that promoted, and week by week")
    void theEffectSinceAPromotionStandsBesideTheOneThatPromoted() {
        String holdback = """
            , "holdback": {"epoch": 2, "share": 0.05, "version": "v1", "started_at": "2026-11-15T00:00:00Z",
              "ends_at": "2026-12-13T00:00:00Z", "ended_at": null, "open": true, "ended_by": null,
              "promoted_by": %s, "since": %s}}\
            """.formatted(kpi(0.031, "2026-11-15T00:00:00Z"), kpi(-0.004, "2026-11-25T00:00:00Z"));
        String promoted = region("LIS", "promoted", "better", "policy", "");
        dashboard.experiments(List.of(experiment(
                "better",
                "running",
                "2026-11-01T00:00:00Z",
                promoted.substring(0, promoted.length() - 1) + holdback,
                region("OPO", "running", "not_proven", "ada", ""))));
        dashboard.answer("/api/experiments/better/regions/LIS/series", "[]");
        dashboard.answer("/api/experiments/better/regions/LIS/cohorts", """
            {"kpi": "booked", "holdback": {"weeks": [], "change": null}, "comparison": {
             "change": {"from": 1, "to": 2, "difference": -0.036, "lower": -0.06, "upper": -0.012},
             "weeks": [{"week": 1, "from": "2026-11-01T00:00:00Z", "champion": 700, "challenger": 710,
                        "difference": 0.04, "lower": 0.02, "upper": 0.06},
                       {"week": 2, "from": "2026-11-08T00:00:00Z", "champion": 70, "challenger": 71,
                        "difference": null, "lower": null, "upper": null}]}}\
            """);

        dashboard.show("#/experiments/better");

        assertEquals("0.031", dashboard.value("promoted-by-better-LIS"));
        assertEquals("-0.004", dashboard.value("since-better-LIS"));
        assertEquals(
                0,
                dashboard
                        .page()
                        .querySelectorAll("[data-testid=since-better-OPO]")
                        .size());

        dashboard.show("#/experiments/better/LIS");

        assertEquals("0.04", dashboard.value("Effect-better-LIS-1"));
        assertEquals(
                0,
                dashboard
                        .page()
                        .querySelectorAll("[data-testid=Effect-better-LIS-2]")
                        .size(),
                "too few units");
        assertEquals(
                "true",
                dashboard
                        .page()
                        .waitForSelector("[data-testid=change-Effect-better-LIS]")
                        .getAttribute("data-proven"));
    }

    @Test
    @DisplayName("P1: a promotion by hand never looks like a proven one, and is counted apart")
    void aPromotionByHandNeverLooksLikeAProvenOne() {
        dashboard.experiments(List.of(experiment(
                "better",
                "running",
                "2026-11-01T00:00:00Z",
                region("LIS", "promoted", "better", "policy", ""),
                region("OPO", "promoted", "not_proven", "ada", ""),
                region("FAO", "rolled_back", "not_proven", "ada", ""))));

        dashboard.show("#/");

        assertEquals("Promoted", dashboard.text("[data-testid=verdict-better-LIS]"));
        assertEquals("Promoted by hand", dashboard.text("[data-testid=verdict-better-OPO]"));
        assertEquals("Rolled back by hand", dashboard.text("[data-testid=verdict-better-FAO]"));
        assertTrue(dashboard
                .text(".summary")
                .contains("1 region promoted on proof · 1 promoted by hand · 1 rolled back by hand"));
        String proven = dashboard.page().getAttribute("[data-testid=verdict-better-LIS]", "class");
        assertFalse(proven.equals(dashboard.page().getAttribute("[data-testid=verdict-better-OPO]", "class")), proven);
        dashboard.show("#/experiments/better/OPO");
        assertEquals("Nothing proven", dashboard.text("[data-testid=evidence-better-OPO]"));
        assertEquals("v2", dashboard.text("[data-testid=serving-better-OPO]"));
    }

    @Test
    @DisplayName("P5: what was started again still shows the run before, how it ended and its looks")
    void anEarlierRunStaysReachable() {
        String runs = """
            "runs": [
              {"run": 1, "first_epoch": 1, "attempt": 1, "started_at": "2026-10-01T00:00:00Z",
               "ended_at": "2026-10-09T00:00:00Z", "state": "rolled_back", "evidence": {"proven": "worse"},
               "by": "ada", "why": "wrong fares in LIS"},
              {"run": 2, "first_epoch": 2, "attempt": 2, "started_at": "2026-11-01T00:00:00Z", "state": "running",
               "evidence": {"proven": "not_proven"}}]\
            """;
        dashboard.experiments(List.of(experiment(
                "better",
                "running",
                "2026-11-01T00:00:00Z",
                region("LIS", "running", "not_proven", "ada", "").replace("\"runs\": []", runs))));
        dashboard.answer("/api/experiments/better/regions/LIS/series", "[]");
        dashboard.answer("/api/experiments/better/regions/LIS/series?run=1", """
            [{"at": "2026-10-08T01:00:00Z", "cohort": "2026-10-06T00:00:00Z", "difference": -0.0425,
              "lower": -0.07, "upper": -0.015, "units": {"champion": 700, "challenger": 693},
              "verdict": "roll_back", "look_id": "417"}]\
            """);

        dashboard.show("#/experiments/better/LIS");
        assertTrue(dashboard.text("[data-testid=runs-better-LIS]").contains("wrong fares in LIS"));
        dashboard.page().click("[data-testid=runs-better-LIS] a");

        dashboard.page().waitForSelector("h1:has-text('LIS, run 1')");
        // The looks are fetched, and come after the heading.
        String all = dashboard.text("main:has-text('look 417')");
        for (String shown : List.of("rolled back", "Proven worse", "ada", "wrong fares in LIS", "693", "look 417")) {
            assertTrue(all.contains(shown), () -> shown + " is not in " + all);
        }
        assertEquals(
                "/api/experiments/better/regions/LIS/series?run=1",
                dashboard.page().getAttribute("text=All looks as JSON", "href"));
    }

    @Test
    @DisplayName("B12: what cannot be drawn says so, and the next news is drawn again")
    void whatCannotBeDrawnSaysSoAndTheNextNewsIsDrawnAgain() {
        String whole = experiment(
                "better", "running", "2026-11-01T00:00:00Z", region("LIS", "running", "not_proven", "ada", ""));
        dashboard.answer("/api/experiments", "[" + whole + "]");
        dashboard.answer("/api/experiments/better", whole.replace("\"regions\": [", "\"regions\": [null, "));

        dashboard.show("#/experiments/better");
        assertTrue(dashboard.text("[data-testid=error]").contains("cannot be drawn"));
        dashboard.answer("/api/experiments/better", whole);
        dashboard.page().click("[data-do=refresh]");

        dashboard.page().waitForSelector("[data-testid=verdict-better-LIS]");
    }

    @Test
    @DisplayName("P12: after a dialog the reader is where they were, and hears what was done")
    void afterADialogTheReaderIsWhereTheyWereAndHearsWhatWasDone() {
        dashboard.experiments(List.of(experiment(
                "better",
                "running",
                "2026-11-01T00:00:00Z",
                region("LIS", "running", "not_proven", "ada", "\"pause\", \"stop\""))));
        dashboard.answer("/api/experiments/better/pause", "{}");
        dashboard.show("#/experiments/better/LIS");

        dashboard.page().click("[data-testid=pause-better-LIS]");
        dashboard.page().fill("[name=actor]", "ada");
        dashboard.page().fill("[name=why]", "odd numbers");
        dashboard.experiments(List.of(experiment(
                "better",
                "running",
                "2026-11-01T00:00:00Z",
                region("LIS", "paused", "not_proven", "ada", "\"resume\""))));
        dashboard.page().click("[data-testid=confirm-yes]");
        dashboard.page().waitForSelector("[data-testid=resume-better-LIS]");

        assertEquals(
                "Done: Pause better / LIS",
                dashboard.page().locator("#announcer").textContent());
        assertFalse(dashboard.page().evaluate("document.activeElement.tagName").equals("BODY"));
    }

    @Test
    @DisplayName("P13: of many experiments the newest are shown whole and the others as lines, and all are searched")
    void ofManyExperimentsTheNewestAreShownWholeAndAllAreSearched() {
        dashboard.experiments(IntStream.range(0, 24)
                .mapToObj(i -> experiment(
                        "e" + i,
                        i == 3 ? "running" : "ended",
                        "2026-10-%02dT00:00:00Z".formatted(i + 1),
                        region("LIS", i == 3 ? "running" : "stopped", "not_proven", "ada", "")))
                .toList());

        dashboard.show("#/");
        dashboard.page().waitForSelector("text=More experiments");
        dashboard.page().waitForTimeout(2500);

        assertEquals(
                List.of("e3", "e23", "e22", "e21", "e20", "e19"),
                dashboard.page().locator("section.panel[data-testid]").all().stream()
                        .map(panel -> panel.getAttribute("data-key"))
                        .toList());
        // News come each second, and what is shown is read again then; what is a line is never read by itself.
        List<String> requests = dashboard.asked().stream()
                .filter(path -> path.startsWith("/api/experiments"))
                .distinct()
                .toList();
        assertEquals(7, requests.size(), requests::toString);
        int height = ((Number) dashboard.page().evaluate("document.documentElement.scrollHeight")).intValue();
        assertTrue(height < 4000, "the page is " + height + " px high");
        dashboard.page().fill("[data-testid=experiment-search]", "e17");
        assertEquals("e17", dashboard.text("section.panel[data-testid=experiment-e17] h2"));
        assertEquals(1, dashboard.page().locator("section.panel[data-testid]").count());
    }
}
