package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the dashboard does with states that take weeks to come about: the page and all else are the running server's, only
 * what it would say of experiments is put in its mouth.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardIT {
    private static final int PORT = 29470;
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private final Map<String, String> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private RunningPlatform platform;
    private Playwright playwright;
    private Browser browser;
    private Page page;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "needs Chromium at " + CHROMIUM + ": apt-get install chromium");
        platform = RunningPlatform.start(folder.resolve("data"), PORT);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
    }

    @AfterAll
    void stop() {
        if (playwright != null) {
            playwright.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    @BeforeEach
    void open() {
        answers.clear();
        asked.clear();
        page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1024, 768));
        page.onRequest(
                request -> asked.add(request.url().substring(platform.base().length())));
        page.route(platform.base() + "/api/experiments**", this::answer);
        page.route(platform.base() + "/api/experiments/**", this::answer);
    }

    @AfterEach
    void close() {
        page.close();
    }

    private void answer(Route route) {
        String path = route.request().url().substring(platform.base().length());
        String body = answers.get(path);
        route.fulfill(new Route.FulfillOptions()
                .setStatus(body == null ? 404 : 200)
                .setContentType("application/json")
                .setBody(body == null ? "{\"error\": \"no " + path + "\"}" : body));
    }

    private void experiments(List<String> views) {
        answers.put("/api/experiments", views.stream().collect(Collectors.joining(",", "[", "]")));
        views.forEach(view -> answers.put("/api/experiments/" + nameOf(view), view));
    }

    private static String nameOf(String view) {
        int from = view.indexOf(": \"") + 3;
        return view.substring(from, view.indexOf('"', from));
    }

    private static String experiment(String name, String state, String created, String... regions) {
        return """
            {"name": "%s", "slot": "eta", "state": "%s", "coverage": "100%%", "created_at": "%s", "started_at": "%s",
             "acts": [], "max_duration": "42d", "waves": [],
             "arms": [{"variant": "champion", "weight": 1}, {"variant": "challenger", "version": "v2", "weight": 1}],
             "kpis": [{"name": "booked", "kind": "proportion", "outcome": "booked", "role": "primary",
                       "minimum_effect": 0.02, "direction": "up", "window": "24h", "grace": "1h"}],
             "regions": [%s]}\
            """.formatted(name, state, created, created, String.join(",", regions));
    }

    private static String region(String segment, String state, String proven, String by, String acts) {
        return """
            {"segment": "%s", "wave": 1, "state": "%s", "epoch": 1, "started_at": "2026-11-01T00:00:00Z",
             "verdict": "continue", "verdict_text": "Words of %s.", "reasons": [], "kpis": [],
             "arms": [{"variant": "champion", "version": "v1", "exposed": 70, "closed_units": 63, "crossed": 0,
                       "fell_back": 0, "kpis": []},
                      {"variant": "challenger", "version": "v2", "exposed": 77, "closed_units": 66, "crossed": 0,
                       "fell_back": 0, "kpis": []}],
             "evidence": {"proven": "%s"}, "acts": [%s], "attempt": 1, "warnings": [], "runs": [],
             "serving": {"version": "v2", "by": "%s", "forced": %s, "since": "2026-11-05T00:00:00Z"}}\
            """.formatted(segment, state, segment, proven, acts, by, !by.equals("policy"));
    }

    private void show(String address) {
        page.navigate(platform.base() + "/" + address);
        page.waitForSelector("h1");
    }

    private String text(String selector) {
        return page.waitForSelector(selector).innerText().replaceAll("\\s+", " ");
    }

    private static String kpi(double difference, String at) {
        return """
            {"kpi": "booked", "role": "primary", "difference": %s, "lower": %s, "upper": %s, "interval": "final",
             "information_fraction": 1, "as_of": "%s"}\
            """.formatted(difference, difference - 0.01, difference + 0.01, at);
    }

    private String value(String figure) {
        return page.waitForSelector("[data-testid=" + figure + "]").getAttribute("data-value");
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
        experiments(List.of(experiment(
                "better",
                "running",
                "2026-11-01T00:00:00Z",
                promoted.substring(0, promoted.length() - 1) + holdback,
                region("OPO", "running", "not_proven", "ada", ""))));
        answers.put("/api/experiments/better/regions/LIS/series", "[]");
        answers.put("/api/experiments/better/regions/LIS/cohorts", """
            {"kpi": "booked", "holdback": {"weeks": [], "change": null}, "comparison": {
             "change": {"from": 1, "to": 2, "difference": -0.036, "lower": -0.06, "upper": -0.012},
             "weeks": [{"week": 1, "from": "2026-11-01T00:00:00Z", "champion": 700, "challenger": 710,
                        "difference": 0.04, "lower": 0.02, "upper": 0.06},
                       {"week": 2, "from": "2026-11-08T00:00:00Z", "champion": 70, "challenger": 71,
                        "difference": null, "lower": null, "upper": null}]}}\
            """);

        show("#/experiments/better");

        assertEquals("0.031", value("promoted-by-better-LIS"));
        assertEquals("-0.004", value("since-better-LIS"));
        assertEquals(0, page.querySelectorAll("[data-testid=since-better-OPO]").size());

        show("#/experiments/better/LIS");

        assertEquals("0.04", value("Effect-better-LIS-1"));
        assertEquals(
                0, page.querySelectorAll("[data-testid=Effect-better-LIS-2]").size(), "too few units");
        assertEquals(
                "true",
                page.waitForSelector("[data-testid=change-Effect-better-LIS]").getAttribute("data-proven"));
    }

    @Test
    @DisplayName("P1: a promotion by hand never looks like a proven one, and is counted apart")
    void aPromotionByHandNeverLooksLikeAProvenOne() {
        experiments(List.of(experiment(
                "better",
                "running",
                "2026-11-01T00:00:00Z",
                region("LIS", "promoted", "better", "policy", ""),
                region("OPO", "promoted", "not_proven", "ada", ""),
                region("FAO", "rolled_back", "not_proven", "ada", ""))));

        show("#/");

        assertEquals("Promoted", text("[data-testid=verdict-better-LIS]"));
        assertEquals("Promoted by hand", text("[data-testid=verdict-better-OPO]"));
        assertEquals("Rolled back by hand", text("[data-testid=verdict-better-FAO]"));
        assertTrue(
                text(".summary").contains("1 region promoted on proof · 1 promoted by hand · 1 rolled back by hand"));
        String proven = page.getAttribute("[data-testid=verdict-better-LIS]", "class");
        assertFalse(proven.equals(page.getAttribute("[data-testid=verdict-better-OPO]", "class")), proven);
        show("#/experiments/better/OPO");
        assertEquals("Nothing proven", text("[data-testid=evidence-better-OPO]"));
        assertEquals("v2", text("[data-testid=serving-better-OPO]"));
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
        experiments(List.of(experiment(
                "better",
                "running",
                "2026-11-01T00:00:00Z",
                region("LIS", "running", "not_proven", "ada", "").replace("\"runs\": []", runs))));
        answers.put("/api/experiments/better/regions/LIS/series", "[]");
        answers.put("/api/experiments/better/regions/LIS/series?run=1", """
            [{"at": "2026-10-08T01:00:00Z", "cohort": "2026-10-06T00:00:00Z", "difference": -0.0425,
              "lower": -0.07, "upper": -0.015, "units": {"champion": 700, "challenger": 693},
              "verdict": "roll_back", "look_id": "417"}]\
            """);

        show("#/experiments/better/LIS");
        assertTrue(text("[data-testid=runs-better-LIS]").contains("wrong fares in LIS"));
        page.click("[data-testid=runs-better-LIS] a");

        page.waitForSelector("h1:has-text('LIS, run 1')");
        String all = text("main");
        for (String shown : List.of("rolled back", "Proven worse", "ada", "wrong fares in LIS", "693", "look 417")) {
            assertTrue(all.contains(shown), () -> shown + " is not in " + all);
        }
        assertEquals(
                "/api/experiments/better/regions/LIS/series?run=1",
                page.getAttribute("text=All looks as JSON", "href"));
    }

    @Test
    @DisplayName("P8: a misspelt outcome and a request that names no segment are seen, with what was perhaps meant")
    void whatIsMisspeltIsSeen() throws Exception {
        answers.put("/api/experiments", "[]");
        EchoModel.install(platform);
        assertEquals(
                202,
                platform.post("/api/outcomes", """
                    {"event_id": "e-1", "unit": "ride-1", "name": "faer", "value": 12.5, "time": "%s"}
                    """.formatted(Instant.now())).status());
        String regoin = EchoModel.request("1", "ride-1", "north").replace("region", "regoin");
        assertEquals(200, platform.post("/v2/models/echo/infer", regoin).status());
        platform.await(
                "counted",
                () -> !platform.get("/api/books")
                        .json()
                        .path("unknown_outcomes")
                        .isEmpty());

        show("#/operations");

        assertTrue(
                text("[data-testid=unknown-outcomes]").endsWith("faer 1 fare"), text("[data-testid=unknown-outcomes]"));
        page.waitForSelector("text=segment_missing 1");
    }

    @Test
    @DisplayName("P13: of many experiments the newest are shown whole and the others as lines, and all are searched")
    void ofManyExperimentsTheNewestAreShownWholeAndAllAreSearched() {
        experiments(IntStream.range(0, 24)
                .mapToObj(i -> experiment(
                        "e" + i,
                        i == 3 ? "running" : "ended",
                        "2026-10-%02dT00:00:00Z".formatted(i + 1),
                        region("LIS", i == 3 ? "running" : "stopped", "not_proven", "ada", "")))
                .toList());

        show("#/");
        page.waitForSelector("text=More experiments");
        page.waitForTimeout(2500);

        assertEquals(
                List.of("e3", "e23", "e22", "e21", "e20", "e19"),
                page.locator("section.panel[data-testid]").all().stream()
                        .map(panel -> panel.getAttribute("data-key"))
                        .toList());
        // News come each second, and what is shown is read again then; what is a line is never read by itself.
        List<String> requests = asked.stream()
                .filter(path -> path.startsWith("/api/experiments"))
                .distinct()
                .toList();
        assertEquals(7, requests.size(), requests::toString);
        int height = ((Number) page.evaluate("document.documentElement.scrollHeight")).intValue();
        assertTrue(height < 4000, "the page is " + height + " px high");
        page.fill("[data-testid=experiment-search]", "e17");
        assertEquals("e17", text("section.panel[data-testid=experiment-e17] h2"));
        assertEquals(1, page.locator("section.panel[data-testid]").count());
    }

    @Test
    @DisplayName("P13: pages and the API's answers are compressed for those who can read that, predictions are not")
    void pagesAndAnswersAreCompressedAndPredictionsAreNot() throws Exception {
        for (String path : List.of("/", "/api/audit", "/api/policy")) {
            var answer = platform.send(
                    platform.request(path).header("Accept-Encoding", "gzip").build());
            assertEquals(
                    "gzip",
                    answer.response().headers().firstValue("Content-Encoding").orElse("none"),
                    path);
        }
        var prediction = platform.send(platform.request("/v2/models/eta/infer")
                .header("Accept-Encoding", "gzip")
                .POST(BodyPublishers.ofString("{}"))
                .build());
        assertFalse(prediction
                .response()
                .headers()
                .firstValue("Content-Encoding")
                .orElse("")
                .contains("gzip"));
    }

    @Test
    @DisplayName("B12: what cannot be drawn says so, and the next news is drawn again")
    void whatCannotBeDrawnSaysSoAndTheNextNewsIsDrawnAgain() {
        String whole = experiment(
                "better", "running", "2026-11-01T00:00:00Z", region("LIS", "running", "not_proven", "ada", ""));
        answers.put("/api/experiments", "[" + whole + "]");
        answers.put("/api/experiments/better", whole.replace("\"regions\": [", "\"regions\": [null, "));

        show("#/experiments/better");
        assertTrue(text("[data-testid=error]").contains("cannot be drawn"));
        answers.put("/api/experiments/better", whole);
        page.click("[data-do=refresh]");

        page.waitForSelector("[data-testid=verdict-better-LIS]");
    }

    @Test
    @DisplayName("P12: after a dialog the reader is where they were, and hears what was done")
    void afterADialogTheReaderIsWhereTheyWereAndHearsWhatWasDone() {
        experiments(List.of(experiment(
                "better",
                "running",
                "2026-11-01T00:00:00Z",
                region("LIS", "running", "not_proven", "ada", "\"pause\", \"stop\""))));
        answers.put("/api/experiments/better/pause", "{}");
        show("#/experiments/better/LIS");

        page.click("[data-testid=pause-better-LIS]");
        page.fill("[name=actor]", "ada");
        page.fill("[name=why]", "odd numbers");
        experiments(List.of(experiment(
                "better",
                "running",
                "2026-11-01T00:00:00Z",
                region("LIS", "paused", "not_proven", "ada", "\"resume\""))));
        page.click("[data-testid=confirm-yes]");
        page.waitForSelector("[data-testid=resume-better-LIS]");

        assertEquals("Done: Pause better / LIS", page.locator("#announcer").textContent());
        assertFalse(page.evaluate("document.activeElement.tagName").equals("BODY"));
    }

    @Test
    @DisplayName("P12: the audit's filter shows what it filters by when the reader comes back")
    void theAuditsFilterShowsWhatItFiltersBy() {
        answers.put("/api/experiments", "[]");
        show("#/audit");
        page.fill("[data-testid=audit-filter]", "process");
        page.click("text=Models");
        page.waitForSelector("h1:has-text('Models')");
        page.click("nav.pages >> text=Audit");
        page.waitForSelector("h1:has-text('Audit')");
        assertEquals("process", page.inputValue("[data-testid=audit-filter]"));
    }

    @Test
    @DisplayName("P12: no page is wider than a small laptop or a phone")
    void noPageIsWiderThanASmallLaptopOrAPhone() {
        experiments(List.of(experiment(
                "better",
                "running",
                "2026-11-01T00:00:00Z",
                region("LIS", "running", "not_proven", "ada", "\"pause\", \"stop\""))));
        for (int width : new int[] {1024, 390}) {
            page.setViewportSize(width, 768);
            for (String address : List.of(
                    "#/", "#/experiments/better", "#/experiments/better/LIS", "#/models", "#/operations", "#/audit")) {
                show(address);
                page.waitForTimeout(500);
                page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
                int wide = ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue();
                assertTrue(wide <= width, address + " is " + wide + " px wide in " + width);
            }
        }
    }
}
