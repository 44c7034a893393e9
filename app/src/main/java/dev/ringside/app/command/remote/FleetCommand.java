package dev.ringside.app.command.remote;

import static dev.ringside.app.client.ControlClient.encode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.app.kafka.Standing;
import dev.ringside.app.terminal.Table;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ringside fleet}: the processes of an installation. */
@Command(name = "fleet", description = "Shows the processes, and retires those that will not come back.")
public final class FleetCommand extends CommandGroup {

    @Command(
            name = "list",
            description = "Lists every process that ever reported itself.",
            mixinStandardHelpOptions = true)
    void list(@Mixin ReadOptions options) throws IOException, ControlFailure, InterruptedException {
        options.show("/api/fleet", FleetCommand::table);
    }

    @Command(
            name = "retire",
            description = {
                "Closes a router or an ingest that will not come back, so that no look waits for it.",
                "What it still had in its spool is late if it comes back after all."
            },
            mixinStandardHelpOptions = true)
    void retire(@Mixin ActOptions options, @Parameters(paramLabel = "ID") String id)
            throws IOException, ControlFailure, InterruptedException {
        options.act("/api/fleet/" + encode(id) + "/retire", FleetCommand::retired);
    }

    private static String retired(JsonNode answer) {
        return answer.path("role").asText() + " " + answer.path("writer").asText()
                + (answer.path("before").asBoolean() ? " was closed already" : " is retired");
    }

    /** A line for each topic that a process does not read any more. */
    private static String standing(JsonNode processes) {
        var lines = new StringBuilder();
        for (JsonNode process : processes) {
            for (JsonNode standing : process.path("standstills")) {
                lines.append(process.path("id").asText())
                        .append(": ")
                        .append(Json.read(standing, Standing.class).words())
                        .append('\n');
            }
        }
        return lines.isEmpty() ? "" : "\n" + lines;
    }

    private static String table(JsonNode processes) {
        var table = Table.of("ID", "ROLE", "BOOT", "STATE", "LAST REPORT", "TABLE", "SPOOL", "BREAK-GLASS");
        for (JsonNode process : processes) {
            JsonNode spool = process.path("spool");
            table.row(
                    process.path("id").asText(),
                    process.path("role").asText(),
                    process.path("boot").asText(),
                    process.path("live").asBoolean()
                            ? "live"
                            : process.path("stopped").asBoolean() ? "stopped" : "silent",
                    Cells.time(process.path("at")),
                    process.path("routing_version").asText(),
                    Cells.text(spool.path("pending")),
                    Cells.joined(process.path("break_glass")));
        }
        return table.isEmpty() ? "no process has reported itself yet" : table + standing(processes);
    }
}
