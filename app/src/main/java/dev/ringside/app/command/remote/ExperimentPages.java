package dev.ringside.app.command.remote;

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
                    Cells.time(experiment.path("started_at")));
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

    /** One experiment with its regions, arms, KPIs and verdicts. */
    static String page(JsonNode view) {
        var text = new StringBuilder();
        text.append(view.path("name").asText())
                .append(" on ")
                .append(view.path("slot").asText())
                .append(": ")
                .append(view.path("state").asText())
                .append('\n');
        text.append(StreamSupport.stream(view.path("arms").spliterator(), false)
                .map(arm -> {
                    String version = Cells.text(arm.path("version"));
                    return arm.path("variant").asText() + " = "
                            + (version == null ? "the champion at start" : version) + ", weight "
                            + arm.path("weight").asText();
                })
                .collect(Collectors.joining("; ", "", "\n\n")));
        text.append(regions(view.path("regions"))).append('\n');
        text.append(arms(view.path("regions"))).append('\n').append(interim(view.path("regions")));
        text.append(kpis(view.path("regions")));
        for (JsonNode region : view.path("regions")) {
            text.append('\n').append(region.path("segment").asText()).append(": ");
            String verdict = verdict(region);
            text.append(verdict).append('\n');
            for (JsonNode reason : region.path("reasons")) {
                if (!verdict.contains(reason.asText())) {
                    text.append("  - ").append(reason.asText()).append('\n');
                }
            }
            standing(text, region);
        }
        return text.toString();
    }

    /** What was proven, and what serves: two things. */
    private static Table regions(JsonNode regions) {
        var table = Table.of("REGION", "WAVE", "STATE", "EPOCH", "EVIDENCE", "SERVING", "BY", "ATTEMPT");
        for (JsonNode region : regions) {
            JsonNode serving = region.path("serving");
            table.row(
                    region.path("segment").asText(),
                    Cells.text(region.path("wave")),
                    region.path("state").asText(),
                    Cells.text(region.path("epoch")),
                    region.path("epoch").isNumber() ? evidence(region.path("evidence")) : null,
                    Cells.text(serving.path("version")),
                    servedBy(serving),
                    Cells.text(region.path("attempt")));
        }
        return table;
    }

    private static String evidence(JsonNode evidence) {
        return switch (evidence.path("proven").asText()) {
            case "better" -> "proven better";
            case "worse" -> "proven worse";
            default -> "not proven";
        };
    }

    /** Who made it champion; against, or without, what was proven it is by force. */
    private static @Nullable String servedBy(JsonNode serving) {
        String by = Cells.text(serving.path("by"));
        return serving.path("forced").asBoolean() ? by + ", not proven" : by;
    }

    private static void standing(StringBuilder text, JsonNode region) {
        JsonNode holdback = region.path("holdback");
        if (holdback.path("open").asBoolean()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  holdback: %.0f %% keep %s until %s%n",
                    holdback.path("share").asDouble() * 100,
                    holdback.path("version").asText(),
                    Cells.time(holdback.path("ends_at"))));
        }
        for (JsonNode wait : region.path("waits_for")) {
            String until = Cells.time(wait.path("until"));
            text.append("  waits for ")
                    .append(wait.path("what").asText())
                    .append(until == null ? "" : ", until " + until)
                    .append('\n');
        }
        region.path("warnings")
                .forEach(warning -> text.append("  ! ").append(warning.asText()).append('\n'));
        JsonNode runs = region.path("runs");
        for (int i = 0; i + 1 < runs.size(); i++) {
            JsonNode run = runs.get(i);
            text.append("  run ")
                    .append(run.path("run").asText())
                    .append(": ")
                    .append(Cells.time(run.path("started_at")))
                    .append(" to ")
                    .append(Cells.time(run.path("ended_at")))
                    .append(", ")
                    .append(run.path("state").asText().replace('_', ' '))
                    .append(" by ")
                    .append(run.path("by").asText())
                    .append(", ")
                    .append(evidence(run.path("evidence")))
                    .append('\n');
        }
        List<String> acts = ExperimentLines.acts(region.path("acts"));
        if (!acts.isEmpty()) {
            text.append("  can be done: ").append(String.join(", ", acts)).append('\n');
        }
    }

    private static Table arms(JsonNode regions) {
        var table = Table.of("REGION", "ARM", "VERSION", "EXPOSED", "CLOSED", "FELL BACK");
        for (JsonNode region : regions) {
            JsonNode arms = region.path("arms");
            for (JsonNode arm : arms) {
                table.row(
                        region.path("segment").asText(),
                        Cells.text(arm.path("variant")),
                        Cells.text(arm.path("version")),
                        Cells.text(arm.path("exposed")),
                        Cells.text(arm.path("closed_units")),
                        Cells.text(arm.path("fell_back")));
            }
        }
        return table;
    }

    /** Counts up to now, before anything can be compared; empty where there are none. */
    private static String interim(JsonNode regions) {
        var table = Table.of("REGION", "KPI", "ARM", "UNITS SO FAR", "WITH A VALUE");
        for (JsonNode region : regions) {
            for (JsonNode arm :
                    region.path("state").asText().equals("running") ? region.path("arms") : region.path(0)) {
                for (JsonNode kpi : arm.path("interim")) {
                    table.row(
                            region.path("segment").asText(),
                            kpi.path("kpi").asText(),
                            arm.path("variant").asText(),
                            kpi.path("units").asText(),
                            kpi.path("events").asText());
                }
            }
        }
        return table.isEmpty() ? "" : table + "\n";
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
                        Cells.text(kpi.path("role")),
                        number(mean(region, 0, name)),
                        number(mean(region, 1, name)),
                        signed(kpi.path("difference")),
                        signed(kpi.path("lower")),
                        signed(kpi.path("upper")),
                        Cells.text(kpi.path("interval")),
                        Cells.time(kpi.path("as_of")));
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
        String words = Cells.text(region.path("verdict_text"));
        String verdict = words == null ? region.path("verdict").asText() : words;
        String when = Cells.time(region.path("decided_at"));
        return when == null ? verdict : verdict + " (" + when + ")";
    }

    private static @Nullable String number(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.5f", value.doubleValue()) : null;
    }

    private static @Nullable String signed(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%+.5f", value.doubleValue()) : null;
    }
}
