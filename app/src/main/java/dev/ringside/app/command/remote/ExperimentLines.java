package dev.ringside.app.command.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.plan.PlanLint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** What has become of an experiment after an act, in a line. */
final class ExperimentLines {
    private ExperimentLines() {}

    /** After its document was applied, with what about the plan deserves a warning. */
    static String applied(JsonNode experiment, DocumentFile.Named named) {
        var lines = new StringJoiner("\n").add(applied(experiment));
        PlanLint.of(named.experiment(), Map.of(), Map.of()).warnings().forEach(warning -> lines.add("! " + warning));
        return lines.toString();
    }

    private static String applied(JsonNode experiment) {
        String name = experiment.path("name").asText();
        String line = "experiment " + name + " on " + experiment.path("slot").asText() + ": "
                + experiment.path("state").asText();
        return experiment.path("state").asText().equals("draft")
                ? line + "; start it with 'ringside experiments start " + name + " --why …'"
                : line + "; " + regions(experiment);
    }

    /** After an act on some or all of its regions. */
    static String acted(JsonNode experiment) {
        return "experiment " + experiment.path("name").asText() + ": " + regions(experiment);
    }

    private static String regions(JsonNode experiment) {
        Map<String, StringJoiner> states = new LinkedHashMap<>();
        for (JsonNode region : experiment.path("regions")) {
            states.computeIfAbsent(region.path("state").asText(), _ -> new StringJoiner(", "))
                    .add(region.path("segment").asText());
        }
        var line = new StringJoiner("; ");
        states.forEach((state, segments) -> line.add(segments + " " + state.replace('_', ' ')));
        return line.toString();
    }

    /** The acts that are legal, as they are typed. */
    static List<String> acts(JsonNode acts) {
        return Cells.texts(acts).stream().map(act -> act.replace('_', '-')).toList();
    }
}
