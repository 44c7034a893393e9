package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The page of models; {@link DashboardIT} runs it. */
abstract class ModelsPage {
    private final DashboardBrowser dashboard;

    ModelsPage(DashboardBrowser dashboard) {
        this.dashboard = dashboard;
    }

    @Test
    @DisplayName("a version that gates refused is shown as refused with its reasons, and no champion can be made of it")
    void aRefusedVersionIsShownWithItsReasonsAndNotOffered() throws Exception {
        int status = dashboard
                .platform()
                .post("/api/slots/echo/versions", EchoModel.refused("3"))
                .status();
        assertEquals(201, status);

        dashboard.show("#/models");

        assertEquals("refused", dashboard.value("ready-echo-3"));
        assertEquals("refused above_chance: AUC 0.5", dashboard.text("[data-testid=ready-echo-3]"));
        assertEquals("true", dashboard.value("ready-echo-1"));
        dashboard.page().click("[data-testid^=change-champion-echo-]");
        dashboard.page().waitForSelector("select[name=version]");
        assertEquals(
                List.of("2"),
                dashboard.page().locator("select[name=version] option").allTextContents());
    }
}
