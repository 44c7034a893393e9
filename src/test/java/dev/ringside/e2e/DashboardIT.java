package dev.ringside.e2e;

import static dev.ringside.e2e.DashboardDocuments.experiment;
import static dev.ringside.e2e.DashboardDocuments.region;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard does with states that take weeks to come about: its pages, on one platform and in one browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardIT {
    private static final int PORT = 29470;

    private DashboardBrowser dashboard;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        dashboard = DashboardBrowser.start(folder.resolve("data"), PORT);
        EchoModel.install(dashboard.platform());
    }

    @AfterAll
    void stop() {
        if (dashboard != null) {
            dashboard.close();
        }
    }

    @BeforeEach
    void open() {
        dashboard.open();
    }

    @AfterEach
    void close() {
        dashboard.page().close();
    }

    @Nested
    class Experiments extends ExperimentPages {
        Experiments() {
            super(dashboard);
        }
    }

    @Nested
    class Models extends ModelsPage {
        Models() {
            super(dashboard);
        }
    }

    @Nested
    class Operations extends OperationsPages {
        Operations() {
            super(dashboard);
        }
    }

    @Test
    @DisplayName("P13: pages and the API's answers are compressed for those who can read that")
    void pagesAndAnswersAreCompressed() throws Exception {
        for (String path : List.of("/", "/api/audit", "/api/policy")) {
            var answer = dashboard
                    .platform()
                    .send(dashboard
                            .platform()
                            .request(path)
                            .header("Accept-Encoding", "gzip")
                            .build());
            assertEquals(
                    "gzip",
                    answer.response().headers().firstValue("Content-Encoding").orElse("none"),
                    path);
        }
    }

    @Test
    @DisplayName("P12: no page is wider than a small laptop or a phone")
    void noPageIsWiderThanASmallLaptopOrAPhone() {
        dashboard.experiments(List.of(experiment(
                "better",
                "running",
                "2026-11-01T00:00:00Z",
                region("LIS", "running", "not_proven", "ada", "\"pause\", \"stop\""))));
        for (int width : new int[] {1024, 390}) {
            dashboard.page().setViewportSize(width, 768);
            for (String address : List.of(
                    "#/", "#/experiments/better", "#/experiments/better/LIS", "#/models", "#/operations", "#/audit")) {
                dashboard.show(address);
                dashboard.page().waitForTimeout(500);
                dashboard.page().evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
                int wide = ((Number) dashboard.page().evaluate("document.documentElement.scrollWidth")).intValue();
                assertTrue(wide <= width, address + " is " + wide + " px wide in " + width);
            }
        }
    }
}
