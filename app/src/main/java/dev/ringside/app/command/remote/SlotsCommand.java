package dev.ringside.app.command.remote;

import static dev.ringside.app.client.ControlClient.encode;

import dev.ringside.app.client.ControlFailure;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ringside slots}: the places that models stand in. */
@Command(name = "slots", description = "Shows slots and declares them.")
public final class SlotsCommand extends CommandGroup {
    private static final String SLOTS = "/api/slots";

    @Command(name = "list", description = "Lists the slots.", mixinStandardHelpOptions = true)
    void list(@Mixin ReadOptions options) throws IOException, ControlFailure, InterruptedException {
        options.show(SLOTS, SlotPages::list);
    }

    @Command(name = "show", description = "Shows a slot.", mixinStandardHelpOptions = true)
    void show(@Mixin ReadOptions options, @Parameters(paramLabel = "SLOT") String slot)
            throws IOException, ControlFailure, InterruptedException {
        options.show(SLOTS + "/" + encode(slot), SlotPages::page);
    }

    @Command(
            name = "apply",
            description = "Declares a slot, or changes it, as a document says.",
            mixinStandardHelpOptions = true)
    void apply(@Mixin ActOptions options, @Mixin DocumentFile file)
            throws IOException, ControlFailure, InterruptedException {
        options.apply(SLOTS, file.read(), SlotPages::applied);
    }
}
