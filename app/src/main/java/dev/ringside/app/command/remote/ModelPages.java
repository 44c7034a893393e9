package dev.ringside.app.command.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.terminal.Table;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Versions and champions as people read them on a terminal. */
final class ModelPages {
    private static final String TEST_AUC = "test_auc";

    private ModelPages() {}

    /** A slot's versions, a line each. */
    static String list(JsonNode versions) {
        var table = Table.of("VERSION", "DIGEST", "SCORE", "READY", "CHAMPION OF", "REGISTERED", "BY");
        for (JsonNode version : versions) {
            table.row(
                    version.path("version").asText(),
                    Cells.digest(version.path("sha256")),
                    score(version.path("metrics")),
                    ready(version),
                    Cells.joined(version.path("champion_of")),
                    Cells.time(version.path("registered_at")),
                    version.path("registered_by").asText());
        }
        return table.isEmpty()
                ? "no version yet: train one with 'ringside train CONFIG.yaml', or bring one with"
                        + " 'ringside models register SLOT VERSION FILE.onnx'"
                : table.toString();
    }

    /** The one score that says most: the AUC of the test part, else whatever was given first. */
    private static @Nullable String score(JsonNode metrics) {
        JsonNode auc = metrics.path(TEST_AUC);
        if (auc.isNumber()) {
            return "auc " + Cells.number(auc);
        }
        return metrics.properties().stream()
                .findFirst()
                .map(metric -> metric.getKey() + " " + Cells.number(metric.getValue()))
                .orElse(null);
    }

    private static String ready(JsonNode version) {
        if (!version.path("refused").isEmpty()) {
            return "refused";
        }
        return version.path("retired").asBoolean() || version.path("retired_at").isTextual()
                ? "retired"
                : version.path("ready").asBoolean() ? "yes" : "no";
    }

    /** One version: where it serves and is ready, where it came from, what it scored. */
    static String page(JsonNode version) {
        var text = new StringBuilder();
        text.append(version.path("slot").asText())
                .append('/')
                .append(version.path("version").asText())
                .append(", registered ")
                .append(Cells.time(version.path("registered_at")))
                .append(" by ")
                .append(version.path("registered_by").asText())
                .append('\n');
        String description = Cells.text(version.path("description"));
        if (description != null) {
            text.append(description).append('\n');
        }
        text.append(version.path("refused").isEmpty() ? serving(version) : refusals(version))
                .append("\nfile sha256 ")
                .append(version.path("sha256").asText())
                .append('\n')
                .append(lineage(version));
        Table metrics = Table.of("METRIC", "VALUE");
        version.path("metrics")
                .properties()
                .forEach(metric -> metrics.row(metric.getKey(), Cells.number(metric.getValue())));
        return metrics.isEmpty()
                ? text.toString()
                : text.append('\n').append(metrics).toString();
    }

    private static String serving(JsonNode version) {
        String segments = Cells.joined(version.path("champion_of"));
        return (segments.isEmpty() ? "champion nowhere" : "champion of " + segments) + "\n" + servers(version);
    }

    /** Why it never serves, a line for each gate. */
    private static String refusals(JsonNode version) {
        var lines = new StringJoiner("\n");
        lines.add("refused by the gates of its training: it never serves");
        for (JsonNode gate : version.path("refused")) {
            String reason = Cells.text(gate.path("reason"));
            lines.add("  " + gate.path("gate").asText() + (reason == null ? "" : ": " + reason));
        }
        return lines.toString();
    }

    /** Where it is ready, and why it is not where it is not. */
    static String servers(JsonNode version) {
        var servers = new StringJoiner("; ");
        for (JsonNode server : version.path("servers")) {
            String reason = Cells.text(server.path("reason"));
            servers.add(
                    server.path("ready").asBoolean()
                            ? "ready at " + server.path("id").asText()
                            : "not ready at " + server.path("id").asText() + (reason == null ? "" : ": " + reason));
        }
        return servers.length() == 0 ? "at no server yet" : servers.toString();
    }

    private static String lineage(JsonNode version) {
        JsonNode lineage = version.path("lineage");
        if (!lineage.isObject()) {
            return "made elsewhere\n";
        }
        String parent = Cells.text(lineage.path("parent"));
        return "trained by " + lineage.path("software").asText("ringside") + " from data sha256 "
                + Cells.digest(lineage.path("data_sha256")) + "…"
                + (version.path("seed").isNumber()
                        ? ", seed " + version.path("seed").asText()
                        : "")
                + (parent == null ? "" : ", fine-tuned from " + parent) + "\n";
    }

    /** A champion that was just set. */
    static String champion(JsonNode champion) {
        String segment = Cells.text(champion.path("segment"));
        JsonNode history = champion.path("history");
        String before = history.size() > 1 ? Cells.text(history.path(1).path("version")) : null;
        var line = new StringBuilder(champion.path("slot").asText() + ": "
                + champion.path("version").asText() + " is champion "
                + (segment == null
                        ? "by default"
                        : "in " + segment + (champion.path("by_default").asBoolean() ? ", the slot's default" : ""))
                + (before == null ? "" : ", before it was " + before));
        if (segment == null) {
            champion.path("champions")
                    .properties()
                    .forEach(own -> line.append("; ")
                            .append(own.getKey())
                            .append(" keeps ")
                            .append(own.getValue().asText())
                            .append(", its own"));
        }
        return line.toString();
    }
}
