package dev.ringside.app.command.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.plan.PlanLint;
import java.math.MathContext;
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

    /** After a start, with what makes it harder to prove than the first was. */
    static String started(JsonNode experiment) {
        Map<String, StringJoiner> again = new LinkedHashMap<>();
        for (JsonNode region : experiment.path("regions")) {
            int attempt = region.path("attempt").asInt();
            JsonNode alpha = region.path("promotion_alpha");
            if (region.path("state").asText().equals("running") && attempt > 1 && alpha.isNumber()) {
                String level = "attempt " + attempt + ": must prove more (α " + level(alpha) + ")";
                again.computeIfAbsent(level, _ -> new StringJoiner(", "))
                        .add(region.path("segment").asText());
            }
        }
        var line = new StringBuilder(acted(experiment));
        again.forEach((level, segments) ->
                line.append("; ").append(segments).append(" running, ").append(level));
        return line.toString();
    }

    private static String level(JsonNode alpha) {
        return alpha.decimalValue()
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
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
