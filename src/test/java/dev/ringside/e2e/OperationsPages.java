package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The pages of operations and of the audit; {@link DashboardIT} runs them. */
abstract class OperationsPages {
    private final DashboardBrowser dashboard;

    OperationsPages(DashboardBrowser dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    @DisplayName("P8: a misspelt outcome and a request that names no segment are seen, with what was perhaps meant")
    void whatIsMisspeltIsSeen() throws Exception {
        assertEquals(
                202,
                dashboard
                        .platform()
                        .post("/api/outcomes", """
                    {"event_id": "e-1", "unit": "ride-1", "name": "faer", "value": 12.5, "time": "%s"}
                    """.formatted(Instant.now()))
                        .status());
        String regoin = EchoModel.request("1", "ride-1", "north").replace("region", "regoin");
        assertEquals(
                200, dashboard.platform().post("/v2/models/echo/infer", regoin).status());
        dashboard
                .platform()
                .await(
                        "counted",
                        () -> !dashboard
                                .platform()
                                .get("/api/books")
                                .json()
                                .path("unknown_outcomes")
                                .isEmpty());

        dashboard.show("#/operations");

        assertTrue(
                dashboard.text("[data-testid=unknown-outcomes]").endsWith("faer 1 fare"),
                dashboard.text("[data-testid=unknown-outcomes]"));
        dashboard.page().waitForSelector("text=segment_missing 1");
    }

    @Test
    @DisplayName("P12: the audit's filter shows what it filters by when the reader comes back")
    void theAuditsFilterShowsWhatItFiltersBy() {
        dashboard.show("#/audit");
        dashboard.page().fill("[data-testid=audit-filter]", "process");
        dashboard.page().click("text=Models");
        dashboard.page().waitForSelector("h1:has-text('Models')");
        dashboard.page().click("nav.pages >> text=Audit");
        dashboard.page().waitForSelector("h1:has-text('Audit')");
        assertEquals("process", dashboard.page().inputValue("[data-testid=audit-filter]"));
    }
}
