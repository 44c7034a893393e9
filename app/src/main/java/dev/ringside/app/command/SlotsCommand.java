package dev.ringside.app.command;

import static dev.ringside.app.control.ControlPlane.encode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.control.ControlFailure;
import dev.ringside.app.terminal.Table;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ringside slots}: the places that models stand in. */
@Command(name = "slots", description = "Shows slots and declares them.")
final class SlotsCommand extends Group {
    private static final String SLOTS = "/api/slots";

    @Command(name = "list", description = "Lists the slots.", mixinStandardHelpOptions = true)
    void list(@Mixin ControlOptions options) throws IOException, ControlFailure, InterruptedException {
        options.show(SLOTS, SlotsCommand::table);
    }

    @Command(name = "show", description = "Shows a slot.", mixinStandardHelpOptions = true)
    void show(@Mixin ControlOptions options, @Parameters(paramLabel = "SLOT") String slot)
            throws IOException, ControlFailure, InterruptedException {
        options.show(SLOTS + "/" + encode(slot), Fields::of);
    }

    @Command(
            name = "apply",
            description = "Declares a slot, or changes it, as a document says.",
            mixinStandardHelpOptions = true)
    void apply(@Mixin ControlOptions options, @Mixin DocumentFile file)
            throws IOException, ControlFailure, InterruptedException {
        options.apply(SLOTS, file, Fields::of);
    }

    private static String table(JsonNode slots) {
        var table = Table.of("SLOT", "UNIT", "SEGMENT BY", "SEGMENTS", "DEFAULT CHAMPION", "DEADLINE");
        for (JsonNode slot : slots) {
            table.row(
                    slot.path("name").asText(),
                    Fields.text(slot.path("unit_type")),
                    Fields.text(slot.path("segment_attribute")),
                    Fields.joined(slot.path("segments")),
                    Fields.text(slot.path("default_champion")),
                    Fields.text(slot.path("deadline")));
        }
        return table.isEmpty() ? "no slot yet: declare one with 'ringside slots apply -f FILE'" : table.toString();
    }
}
