package dev.ringside.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.terminal.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Experiments as people read them on a terminal. */
final class ExperimentPages {
    private ExperimentPages() {}

    /** All experiments, a line each. */
    static String list(JsonNode experiments) {
        var table = Table.of("EXPERIMENT", "SLOT", "STATE", "REGIONS", "STARTED");
        for (JsonNode experiment : experiments) {
            table.row(
                    experiment.path("name").asText(),
                    experiment.path("slot").asText(),
                    experiment.path("state").asText(),
                    regionStates(experiment.path("regions")),
                    Fields.text(experiment.path("started_at")));
        }
        return table.isEmpty()
                ? "no experiment yet: make one with 'ringside experiments apply -f FILE'"
                : table.toString();
    }

    private static String regionStates(JsonNode regions) {
        return StreamSupport.stream(regions.spliterator(), false)
                .map(region -> region.path("segment").asText() + " "
                        + region.path("state").asText())
                .collect(Collectors.joining(", "));
    }

    /** One experiment with its regions, arms, KPIs and verdicts. An answer of another shape is shown field by field. */
    static String page(JsonNode view) {
        if (!view.path("regions").isArray()) {
            return Fields.of(view);
        }
        var text = new StringBuilder();
        text.append(view.path("name").asText())
                .append(" on ")
                .append(view.path("slot").asText())
                .append(": ")
                .append(view.path("state").asText())
                .append('\n');
        text.append(StreamSupport.stream(view.path("arms").spliterator(), false)
                .map(arm -> {
                    String version = Fields.text(arm.path("version"));
                    return arm.path("variant").asText() + " = "
                            + (version == null ? "the champion at start" : version) + ", weight "
                            + arm.path("weight").asText();
                })
                .collect(Collectors.joining("; ", "", "\n\n")));
        text.append(arms(view.path("regions"))).append('\n').append(kpis(view.path("regions")));
        for (JsonNode region : view.path("regions")) {
            text.append('\n').append(region.path("segment").asText()).append(": ");
            String verdict = verdict(region);
            text.append(verdict).append('\n');
            for (JsonNode reason : region.path("reasons")) {
                if (!verdict.contains(reason.asText())) {
                    text.append("  - ").append(reason.asText()).append('\n');
                }
            }
        }
        return text.toString();
    }

    private static Table arms(JsonNode regions) {
        var table = Table.of("REGION", "WAVE", "STATE", "EPOCH", "ARM", "VERSION", "EXPOSED", "CLOSED", "FELL BACK");
        for (JsonNode region : regions) {
            JsonNode arms = region.path("arms");
            for (JsonNode arm : arms.isEmpty() ? List.of(arms.path(0)) : arms) {
                table.row(
                        region.path("segment").asText(),
                        Fields.text(region.path("wave")),
                        region.path("state").asText(),
                        Fields.text(region.path("epoch")),
                        Fields.text(arm.path("variant")),
                        Fields.text(arm.path("version")),
                        Fields.text(arm.path("exposed")),
                        Fields.text(arm.path("closed_units")),
                        Fields.text(arm.path("fell_back")));
            }
        }
        return table;
    }

    private static Table kpis(JsonNode regions) {
        var table = Table.of(
                "REGION", "KPI", "ROLE", "CHAMPION", "CHALLENGER", "DIFFERENCE", "LOWER", "UPPER", "INTERVAL", "AS OF");
        for (JsonNode region : regions) {
            for (JsonNode kpi : region.path("kpis")) {
                String name = kpi.path("kpi").asText();
                table.row(
                        region.path("segment").asText(),
                        name,
                        Fields.text(kpi.path("role")),
                        number(mean(region, 0, name)),
                        number(mean(region, 1, name)),
                        signed(kpi.path("difference")),
                        signed(kpi.path("lower")),
                        signed(kpi.path("upper")),
                        Fields.text(kpi.path("interval")),
                        Fields.text(kpi.path("as_of")));
            }
        }
        return table;
    }

    private static JsonNode mean(JsonNode region, int arm, String kpi) {
        JsonNode kpis = region.path("arms").path(arm).path("kpis");
        for (JsonNode candidate : kpis) {
            if (candidate.path("kpi").asText().equals(kpi)) {
                return candidate.path("mean");
            }
        }
        return kpis.path(-1);
    }

    private static String verdict(JsonNode region) {
        String words = Fields.text(region.path("verdict_text"));
        String verdict = words == null ? region.path("verdict").asText() : words;
        String when = Fields.text(region.path("decided_at"));
        return when == null ? verdict : verdict + " (" + when + ")";
    }

    private static @Nullable String number(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.5f", value.doubleValue()) : null;
    }

    private static @Nullable String signed(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%+.5f", value.doubleValue()) : null;
    }
}
