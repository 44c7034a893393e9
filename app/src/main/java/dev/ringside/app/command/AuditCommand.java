package dev.ringside.app.command;

import static dev.ringside.app.control.ControlPlane.encode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.control.ControlFailure;
import dev.ringside.app.terminal.Table;
import java.io.IOException;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ringside audit}: who did what, and why. */
@Command(name = "audit", description = "Shows who did what, and why.")
final class AuditCommand extends Group {

    @Command(name = "list", description = "Lists the latest acts, newest first.", mixinStandardHelpOptions = true)
    void list(
            @Mixin ControlOptions options,
            @Option(
                            names = "--subject",
                            paramLabel = "SUBJECT",
                            description = "Only what was done to this, such as experiment/better.")
                    @Nullable
                    String subject,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            description = "At most so many. Default: 50.",
                            defaultValue = "50")
                    int limit,
            @Option(names = "--before", paramLabel = "ID", description = "Only entries older than this one.") @Nullable
                    Long before)
            throws IOException, ControlFailure, InterruptedException {
        var query = new StringJoiner("&", "/api/audit?", "").add("limit=" + limit);
        if (subject != null) {
            query.add("subject=" + encode(subject));
        }
        if (before != null) {
            query.add("before=" + before);
        }
        options.show(query.toString(), AuditCommand::table);
    }

    private static String table(JsonNode entries) {
        var table = Table.of("ID", "AT", "WHO", "ACTION", "SUBJECT", "WHY");
        for (JsonNode entry : entries) {
            table.row(
                    entry.path("id").asText(),
                    Fields.text(entry.path("at")),
                    entry.path("actor").asText() + (entry.path("verified").asBoolean() ? "" : " (unverified)"),
                    entry.path("action").asText(),
                    entry.path("subject").asText(),
                    Fields.text(entry.path("why")));
        }
        return table.isEmpty() ? "nothing was done yet" : table.toString();
    }
}
