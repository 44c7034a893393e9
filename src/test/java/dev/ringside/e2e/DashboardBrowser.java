package dev.ringside.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A running server's dashboard in Chromium. Only what the server would say of experiments is put in its mouth; all else it
 * says itself.
 */
final class DashboardBrowser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private final Map<String, String> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final RunningPlatform platform;
    private final Playwright playwright;
    private final Browser browser;
    private Page page;

    private DashboardBrowser(RunningPlatform platform) {
        this.platform = platform;
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
    }

    /** Starts a platform, which this closes, and the browser; without Chromium the test is skipped. */
    static DashboardBrowser start(Path data, int port) throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "needs Chromium at " + CHROMIUM + ": apt-get install chromium");
        RunningPlatform platform = RunningPlatform.start(data, port);
        try {
            return new DashboardBrowser(platform);
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    /** A new page, which knows no experiment. */
    void open() {
        answers.clear();
        asked.clear();
        page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1024, 768));
        page.onRequest(
                request -> asked.add(request.url().substring(platform.base().length())));
        page.route(platform.base() + "/api/experiments**", this::answer);
        page.route(platform.base() + "/api/experiments/**", this::answer);
        answer("/api/experiments", "[]");
    }

    private void answer(Route route) {
        String path = route.request().url().substring(platform.base().length());
        String body = answers.get(path);
        route.fulfill(new Route.FulfillOptions()
                .setStatus(body == null ? 404 : 200)
                .setContentType("application/json")
                .setBody(body == null ? "{\"error\": \"no " + path + "\"}" : body));
    }

    /** What is answered under an address from now on. */
    void answer(String path, String body) {
        answers.put(path, body);
    }

    /** The experiments that there are, each by its whole answer. */
    void experiments(List<String> views) {
        answers.put("/api/experiments", views.stream().collect(Collectors.joining(",", "[", "]")));
        views.forEach(view -> answers.put("/api/experiments/" + nameOf(view), view));
    }

    private static String nameOf(String view) {
        int from = view.indexOf(": \"") + 3;
        return view.substring(from, view.indexOf('"', from));
    }

    /** What the page has asked for, in order. */
    List<String> asked() {
        return asked;
    }

    RunningPlatform platform() {
        return platform;
    }

    Page page() {
        return page;
    }

    /** Goes to an address and waits for its heading. */
    void show(String address) {
        page.navigate(platform.base() + "/" + address);
        page.waitForSelector("h1");
    }

    /** The words of an element, once it is there. */
    String text(String selector) {
        return page.waitForSelector(selector).innerText().replaceAll("\\s+", " ");
    }

    /** The value that a figure has, by its name. */
    String value(String figure) {
        return page.waitForSelector("[data-testid=" + figure + "]").getAttribute("data-value");
    }

    @Override
    public void close() {
        playwright.close();
        platform.close();
    }
}
