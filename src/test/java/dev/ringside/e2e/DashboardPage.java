package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The dashboard in Chromium: each number that it shows, by the name that it gives it, beside the API's. docs/dashboard.md
 * has the names.
 */
final class DashboardPage implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BETWEEN_READINGS_MILLIS = 100;
    private static final String READ_ALL = """
            () => JSON.stringify([...document.querySelectorAll('[data-testid]')].map(({dataset, textContent}) =>
                ({name: dataset.testid, value: dataset.value, lower: dataset.lower, upper: dataset.upper,
                  text: textContent})))
            """;

    private final ObjectMapper json = new ObjectMapper();
    private final List<String> errors = new ArrayList<>();
    private final String base;
    private final Playwright playwright;
    private final Page page;

    /** What an element says in its attributes, or must say; null for what the API does not know. */
    private record Figure(String value, String lower, String upper) {
        static Figure of(JsonNode value) {
            return new Figure(text(value), null, null);
        }

        static Figure interval(JsonNode kpi) {
            return new Figure(text(kpi.get("interval")), text(kpi.get("lower")), text(kpi.get("upper")));
        }

        private static String text(JsonNode node) {
            return node == null || node.isNull() ? null : node.asText();
        }

        boolean agrees(Figure shown) {
            return same(value, shown.value) && same(lower, shown.lower) && same(upper, shown.upper);
        }

        private static boolean same(String api, String shown) {
            if (api == null || shown == null) {
                return Objects.equals(api, shown);
            }
            try {
                return Double.parseDouble(api) == Double.parseDouble(shown);
            } catch (NumberFormatException e) {
                return api.equals(shown);
            }
        }
    }

    /** Opens a browser for the dashboard at a base address; without Chromium the test is skipped. */
    DashboardPage(String base) {
        assumeTrue(Files.isExecutable(CHROMIUM), "needs Chromium at " + CHROMIUM + ": apt-get install chromium");
        this.base = base;
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(CHROMIUM)
                            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
            page = browser.newPage();
        } catch (PlaywrightException e) {
            playwright.close();
            throw e;
        }
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(errors::add);
        page.onResponse(response -> {
            if (response.status() >= 400) {
                errors.add(response.status() + " from " + response.url());
            }
        });
    }

    /** Opens an experiment's page and those of its regions, and compares their numbers with the API's view of it. */
    void assertShows(String experiment, JsonNode view) {
        var all = new HashMap<String, Figure>();
        all.put("state-" + experiment, Figure.of(view.get("state")));
        view.get("regions").forEach(region -> all.putAll(summary(experiment, region)));
        assertPage("#/experiments/" + experiment, all);
        view.get("regions").forEach(region -> {
            String segment = region.get("segment").asText();
            assertPage("#/experiments/" + experiment + "/" + segment, details(experiment, region));
        });
    }

    /** Fails if the browser has reported anything on its way. */
    void assertNoErrors() {
        assertEquals(List.of(), errors, "the browser reports errors");
    }

    private static Map<String, Figure> summary(String experiment, JsonNode region) {
        String id = experiment + "-" + region.get("segment").asText();
        var figures = new HashMap<String, Figure>();
        figures.put("verdict-" + id, Figure.of(region.get("verdict")));
        region.get("arms").forEach(arm -> {
            String variant = arm.get("variant").asText();
            figures.put("exposed-" + id + "-" + variant, Figure.of(arm.get("exposed")));
            figures.put("closed-" + id + "-" + variant, Figure.of(arm.get("closed_units")));
        });
        region.get("kpis").forEach(kpi -> {
            if (kpi.get("role").asText().equals("primary") && kpi.hasNonNull("difference")) {
                figures.put("difference-" + id, Figure.of(kpi.get("difference")));
                figures.put("interval-" + id, Figure.interval(kpi));
            }
        });
        return figures;
    }

    private static Map<String, Figure> details(String experiment, JsonNode region) {
        Map<String, Figure> figures = summary(experiment, region);
        String id = experiment + "-" + region.get("segment").asText();
        boolean started = region.hasNonNull("started_at");
        if (started && region.hasNonNull("evidence_digest")) {
            figures.put("digest-" + id, Figure.of(region.get("evidence_digest")));
        }
        region.get("arms")
                .forEach(arm -> arm.get("kpis").forEach(kpi -> {
                    String variant = arm.get("variant").asText();
                    figures.put(
                            "mean-" + id + "-" + variant + "-" + kpi.get("kpi").asText(), Figure.of(kpi.get("mean")));
                }));
        region.get("kpis").forEach(kpi -> {
            if (started) {
                String name = id + "-" + kpi.get("kpi").asText();
                figures.put("difference-" + name, Figure.of(kpi.get("difference")));
                figures.put("interval-" + name, Figure.interval(kpi));
            }
        });
        return figures;
    }

    /** A page draws once its data are read, so its figures are read until they agree. */
    private void assertPage(String address, Map<String, Figure> expected) {
        page.navigate(base + "/" + address);
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        List<String> wrong = differences(expected);
        while (!wrong.isEmpty() && System.nanoTime() < giveUp) {
            page.waitForTimeout(BETWEEN_READINGS_MILLIS);
            wrong = differences(expected);
        }
        assertEquals(List.of(), wrong, "the page " + address + " shows other numbers than the API");
    }

    private List<String> differences(Map<String, Figure> expected) {
        var shown = new HashMap<String, Figure>();
        var wrong = new ArrayList<String>();
        for (JsonNode element : readAll()) {
            shown.put(
                    element.get("name").asText(),
                    new Figure(
                            Figure.text(element.get("value")),
                            Figure.text(element.get("lower")),
                            Figure.text(element.get("upper"))));
            if (element.get("text").asText().matches("(?s).*(NaN|undefined|null|\\[object).*")) {
                wrong.add(element.get("name").asText() + " reads \""
                        + element.get("text").asText() + "\"");
            }
        }
        expected.forEach((name, figure) -> {
            Figure found = shown.get(name);
            if (found == null) {
                wrong.add(name + " is not on the page, the API says " + figure);
            } else if (!figure.agrees(found)) {
                wrong.add(name + ": the API says " + figure + ", the page " + found);
            }
        });
        return wrong;
    }

    private JsonNode readAll() {
        try {
            return json.readTree((String) page.evaluate(READ_ALL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the browser. */
    @Override
    public void close() {
        playwright.close();
    }
}
