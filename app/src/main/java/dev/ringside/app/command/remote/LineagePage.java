package dev.ringside.app.command.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A version's lineage as people read it: a line for each step from its data to where it served. */
final class LineagePage {
    private LineagePage() {}

    static String page(JsonNode lineage) {
        List<String> lines = new ArrayList<>();
        lines.add(lineage.path("slot").asText() + "/" + lineage.path("version").asText());
        JsonNode run = lineage.path("run");
        if (run.isObject()) {
            lines.add("data        " + data(run));
            lines.add("run         " + run(run));
        } else {
            lines.add("made elsewhere");
        }
        boolean refused = StreamSupport.stream(lineage.path("gates").spliterator(), false)
                .anyMatch(gate -> !gate.path("passed").asBoolean());
        lines.add("version     file sha256 " + Cells.digest(lineage.path("sha256")) + ", registered "
                + (refused ? "as refused " : "")
                + Cells.time(lineage.path("registered_at")) + " by "
                + lineage.path("registered_by").asText());
        for (JsonNode gate : lineage.path("gates")) {
            String reason = Cells.text(gate.path("reason"));
            lines.add("gate        " + gate.path("gate").asText()
                    + (gate.path("passed").asBoolean() ? " passed" : " refused")
                    + (reason == null ? "" : ": " + reason));
        }
        for (JsonNode comparison : lineage.path("comparisons")) {
            lines.add("experiment  " + comparison(comparison));
            lines.add("verdict     " + verdict(comparison));
        }
        for (JsonNode reign : lineage.path("reigns")) {
            lines.add("champion    " + reign(reign));
        }
        if (lineage.path("reigns").isEmpty()) {
            lines.add("champion    never, of nothing");
        }
        return String.join("\n", lines);
    }

    private static String data(JsonNode run) {
        JsonNode log = run.path("log");
        String digest = "sha256 " + Cells.digest(run.path("data_sha256"));
        if (!log.isObject()) {
            return digest;
        }
        List<String> offsets = new ArrayList<>();
        log.path("offsets")
                .properties()
                .forEach(offset ->
                        offsets.add(offset.getKey() + ":" + offset.getValue().asText()));
        return digest + ", rows of the log of " + log.path("slot").asText() + " from "
                + Cells.time(log.path("from")) + " to " + Cells.time(log.path("to")) + ", outcome "
                + log.path("outcome").asText() + " within " + log.path("window").asText()
                + (log.path("experiments").asBoolean() ? ", units of experiments too" : "") + ", read to offsets "
                + String.join(" ", offsets);
    }

    private static String run(JsonNode run) {
        String parent = Cells.text(run.path("parent"));
        return run.path("software").asText("ringside") + ", document sha256 "
                + Cells.digest(run.path("configuration_sha256"))
                + (run.path("seed").isNumber() ? ", seed " + run.path("seed").asText() : "")
                + (parent == null ? "" : ", fine-tuned from " + parent);
    }

    private static String comparison(JsonNode comparison) {
        return comparison.path("experiment").asText() + " in "
                + comparison.path("segment").asText() + ", as "
                + comparison.path("variant").asText() + " against "
                + comparison.path("against").asText() + ", "
                + period(comparison.path("started_at"), comparison.path("ended_at"));
    }

    private static String verdict(JsonNode comparison) {
        String look = Cells.text(comparison.path("look"));
        String by = Cells.text(comparison.path("ended_by"));
        return comparison.path("state").asText().replace('_', ' ')
                + (by == null ? "" : " by " + by) + ", the challenger is "
                + switch (comparison.path("proven").asText()) {
                    case "better" -> "proven better";
                    case "worse" -> "proven worse";
                    default -> "not proven better or worse";
                }
                + (look == null ? "" : " by look " + look);
    }

    private static String reign(JsonNode reign) {
        String segment = reign.path("segment").asText();
        String act = Cells.text(reign.path("act"));
        String why = Cells.text(reign.path("why"));
        return (segment.equals("default") ? "by default" : "of " + segment) + ", "
                + (reign.path("lasts").asBoolean()
                        ? "since " + orUnknown(Cells.time(reign.path("since")))
                        : period(reign.path("since"), reign.path("until")))
                + (act == null ? "" : ", " + act.replace('_', ' ')) + " by "
                + reign.path("by").asText() + (why == null ? "" : ": " + why);
    }

    private static String period(JsonNode from, JsonNode to) {
        String end = Cells.time(to);
        return "from " + orUnknown(Cells.time(from)) + (end == null ? " on" : " to " + end);
    }

    private static String orUnknown(@Nullable String time) {
        return time == null ? "a time that was not kept" : time;
    }
}
