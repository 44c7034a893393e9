package dev.ringside.app.command.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.kpi.KpiDefinition.Kind;
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.plan.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the other experiments of a slot have shown of a plan's traffic and KPIs: rates of proportions as their views have
 * them, and of means that were measured in the same way the champion's mean, variance and third moment, from the sums that
 * their last looks were made from.
 */
final class ShownBefore {
    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    private final ExperimentDocument document;
    private final Map<String, Double> unitsPerDay = new HashMap<>();
    private final Map<String, Known> known = new HashMap<>();
    private final Map<String, Moments> sums = new HashMap<>();

    ShownBefore(ExperimentDocument document) {
        this.document = document;
    }

    /** New units of a segment in a day, by segment. */
    Map<String, Double> unitsPerDay() {
        return unitsPerDay;
    }

    /** What is known of KPIs under the champion, by name. */
    Map<String, Known> known() {
        return known;
    }

    /** Asks a control plane. */
    void learn(ControlClient control) throws ControlFailure, InterruptedException {
        for (JsonNode summary : control.get("/api/experiments")) {
            if (summary.path("slot").asText().equals(document.slot())
                    && summary.path("started_at").isTextual()) {
                learn(
                        control,
                        control.get("/api/experiments/"
                                + ControlClient.encode(summary.path("name").asText())));
            }
        }
        sums.forEach((kpi, moments) -> {
            Known shown = Known.of(moments);
            if (shown != null) {
                known.put(kpi, shown);
            }
        });
    }

    private void learn(ControlClient control, JsonNode view) throws ControlFailure, InterruptedException {
        for (JsonNode region : view.path("regions")) {
            Double units = perDay(view, region);
            if (units != null) {
                unitsPerDay.put(region.path("segment").asText(), units);
            }
            region.path("arms").path(0).path("kpis").forEach(this::rate);
            JsonNode look = region.path("look_id");
            if (look.isTextual() && document.kpis().stream().anyMatch(kpi -> isMeasuredAlike(kpi, view))) {
                sums(view, region.path("segment").asText(), control.get("/api/looks/" + look.asText()));
            }
        }
    }

    /** What came a day, of all units of the segment; null where nothing has come yet. */
    private static @Nullable Double perDay(JsonNode view, JsonNode region) {
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

    private void rate(JsonNode shown) {
        document.kpis().stream()
                .filter(kpi -> kpi.kind() == Kind.PROPORTION)
                .filter(kpi -> kpi.name().equals(shown.path("kpi").asText())
                        && shown.path("mean").isNumber())
                .forEach(kpi ->
                        known.put(kpi.name(), Known.rate(shown.path("mean").doubleValue())));
    }

    /** The champion's sums in a region, over its epochs; a look of the first release has none by stratum. */
    private void sums(JsonNode view, String segment, JsonNode look) {
        for (JsonNode stratum : look.path("record").path("evidence").path("strata")) {
            if (!stratum.path("segment").asText().equals(segment)) {
                continue;
            }
            for (KpiDefinition kpi : document.kpis()) {
                JsonNode moments = stratum.path("arms").path(0).path("moments").path(kpi.name());
                if (isMeasuredAlike(kpi, view) && moments.isObject()) {
                    sums.merge(kpi.name(), read(moments, Moments.class), Moments::plus);
                }
            }
        }
    }

    /** Whether an experiment has a mean of that name that makes the same number of the same outcomes. */
    private static boolean isMeasuredAlike(KpiDefinition kpi, JsonNode view) {
        for (JsonNode other : view.path("kpis")) {
            if (kpi.kind() == Kind.MEAN && other.path("name").asText().equals(kpi.name())) {
                KpiDefinition found = read(other, KpiDefinition.class);
                return found.kind() == Kind.MEAN
                        && found.outcome().equals(kpi.outcome())
                        && found.combine() == kpi.combine()
                        && found.missing() == kpi.missing()
                        && found.window().equals(kpi.window())
                        && Objects.equals(found.winsorCap(), kpi.winsorCap());
            }
        }
        return false;
    }

    private static <T> T read(JsonNode node, Class<T> type) {
        try {
            return Json.mapper().treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the control plane's answer is no " + type.getSimpleName(), e);
        }
    }
}
