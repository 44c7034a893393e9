package dev.ringside.app.command.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.plan.Known;
import dev.ringside.experiments.plan.Lint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ringside experiments lint}: what a plan can find, and how long that takes, before anybody starts it. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says how long an experiment will take, with what probability it finds the smallest effect, and what about it"
                    + " deserves a warning. It changes nothing.",
            "What is not said of traffic and KPIs is taken from the slot's other experiments, where they have shown it."
        })
final class LintCommand implements Callable<Integer> {
    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private DocumentFile file = new DocumentFile();

    @Option(
            names = "--units-per-day",
            paramLabel = "SEGMENT=N",
            description = "New units of a segment in a day; may be repeated.")
    private Map<String, Double> unitsPerDay = new HashMap<>();

    @Option(
            names = "--rate",
            paramLabel = "KPI=SHARE",
            description = "A proportion under the champion; may be repeated.")
    private Map<String, Double> rates = new HashMap<>();

    @Option(
            names = "--deviation",
            paramLabel = "KPI=NUMBER",
            description = "The standard deviation of a mean's units under the champion; may be repeated.")
    private Map<String, Double> deviations = new HashMap<>();

    @Override
    public Integer call() throws IOException, ControlFailure, InterruptedException {
        DocumentFile.Named named = file.read();
        ExperimentDocument document = named.experiment();
        Map<String, Double> traffic = new HashMap<>();
        Map<String, Known> known = new HashMap<>();
        try {
            learn(options.controlPlane(), document, traffic, known);
        } catch (ControlFailure.Unreachable e) {
            // A plan is looked at without a platform too; then only what was said is known.
        }
        traffic.putAll(unitsPerDay);
        rates.forEach((kpi, rate) -> known.put(kpi, Known.rate(rate)));
        deviations.forEach((kpi, deviation) -> known.put(kpi, Known.deviation(deviation)));
        Lint lint = PlanPages.lint(document, traffic, known);
        options.print(Json.mapper().valueToTree(lint), _ -> PlanPages.page(lint));
        return 0;
    }

    private static void learn(
            ControlClient control, ExperimentDocument document, Map<String, Double> traffic, Map<String, Known> known)
            throws ControlFailure, InterruptedException {
        for (JsonNode summary : control.get("/api/experiments")) {
            if (!summary.path("slot").asText().equals(document.slot())
                    || !summary.path("started_at").isTextual()) {
                continue;
            }
            JsonNode view = control.get("/api/experiments/"
                    + ControlClient.encode(summary.path("name").asText()));
            for (JsonNode region : view.path("regions")) {
                Double units = unitsPerDay(view, region);
                if (units != null) {
                    traffic.put(region.path("segment").asText(), units);
                }
                region.path("arms").path(0).path("kpis").forEach(kpi -> rate(document, kpi, known));
            }
        }
    }

    /** What came a day, of all units of the segment; null where nothing has come yet. */
    private static @Nullable Double unitsPerDay(JsonNode view, JsonNode region) {
        if (!region.path("started_at").isTextual()) {
            return null;
        }
        long exposed = 0;
        for (JsonNode arm : region.path("arms")) {
            exposed += arm.path("exposed").asLong();
        }
        JsonNode until = region.path("ended_at").isTextual() ? region.path("ended_at") : region.path("closed_through");
        if (exposed == 0 || !until.isTextual()) {
            return null;
        }
        double days =
                Duration.between(Instant.parse(region.path("started_at").textValue()), Instant.parse(until.textValue()))
                                .toSeconds()
                        / SECONDS_A_DAY;
        double covered = Double.parseDouble(view.path("coverage").asText("100%").replace("%", "")) / 100;
        return days < 1 ? null : exposed / days / covered;
    }

    private static void rate(ExperimentDocument document, JsonNode shown, Map<String, Known> known) {
        document.kpis().stream()
                .filter(kpi -> kpi.kind() == KpiDefinition.Kind.PROPORTION)
                .filter(kpi -> kpi.name().equals(shown.path("kpi").asText())
                        && shown.path("mean").isNumber())
                .forEach(kpi ->
                        known.put(kpi.name(), Known.rate(shown.path("mean").doubleValue())));
    }
}
