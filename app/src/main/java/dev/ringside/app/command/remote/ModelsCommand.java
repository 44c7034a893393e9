package dev.ringside.app.command.remote;

import static dev.ringside.app.client.ControlClient.encode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.contract.InvalidInput;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringside models}: a slot's versions, and which of them is its champion. */
@Command(
        name = "models",
        description = "Registers a slot's versions, shows them, and moves its champion pointer.",
        subcommands = {RegisterCommand.class, ConvertCommand.class})
public final class ModelsCommand extends CommandGroup {

    @Command(name = "list", description = "Lists a slot's versions.", mixinStandardHelpOptions = true)
    void list(
            @Mixin ReadOptions options,
            @Parameters(paramLabel = "SLOT", arity = "0..1", description = "Default: the only slot.") @Nullable
                    String slot)
            throws IOException, ControlFailure, InterruptedException {
        ControlClient control = options.controlPlane();
        String name = slot == null ? onlySlot(control) : slot;
        options.print(control.get(path(name) + "/versions"), ModelPages::list);
    }

    @Command(name = "show", description = "Shows one version.", mixinStandardHelpOptions = true)
    void show(
            @Mixin ReadOptions options,
            @Parameters(paramLabel = "SLOT") String slot,
            @Parameters(paramLabel = "VERSION") String version)
            throws IOException, ControlFailure, InterruptedException {
        JsonNode versions = options.controlPlane().get(path(slot) + "/versions");
        for (JsonNode candidate : versions) {
            if (candidate.path("version").asText().equals(version)) {
                options.print(candidate, ModelPages::page);
                return;
            }
        }
        throw new ControlFailure.Refused(
                404, "slot '" + slot + "' has no version '" + version + "'; it has " + names(versions, "version"));
    }

    @Command(
            name = "lineage",
            description = "Tells a version's story: data, run, file, gates, experiments, verdicts, champion.",
            mixinStandardHelpOptions = true)
    void lineage(
            @Mixin ReadOptions options,
            @Parameters(
                            paramLabel = "[SLOT] VERSION",
                            arity = "1..2",
                            description = "Without SLOT a version of the only slot.")
                    List<String> names)
            throws IOException, ControlFailure, InterruptedException {
        ControlClient control = options.controlPlane();
        String slot = names.size() == 1 ? onlySlot(control) : names.getFirst();
        options.print(control.get(path(slot) + "/versions/" + encode(names.getLast()) + "/lineage"), LineagePage::page);
    }

    @Command(
            name = "promote",
            description = "Makes a version the champion, of a segment or by default.",
            mixinStandardHelpOptions = true)
    void promote(
            @Mixin ActOptions options,
            @Parameters(paramLabel = "SLOT") String slot,
            @Parameters(paramLabel = "VERSION") String version,
            @Option(names = "--segment", description = "Default: all segments without a champion of their own.")
                    @Nullable
                    String segment,
            @Option(
                            names = "--expected",
                            paramLabel = "VERSION",
                            description = "Refuse unless this version is the champion now.")
                    @Nullable
                    String expected)
            throws IOException, ControlFailure, InterruptedException {
        options.with("version", version)
                .with("segment", segment)
                .with("expected", expected)
                .act(path(slot) + "/champion", ModelPages::champion);
    }

    @Command(
            name = "roll-back",
            description = "Gives the champion pointer back to the version before, or to another one.",
            mixinStandardHelpOptions = true)
    void rollBack(
            @Mixin ActOptions options,
            @Parameters(paramLabel = "SLOT") String slot,
            @Option(names = "--segment", description = "Default: the default champion.") @Nullable String segment,
            @Option(names = "--to", paramLabel = "VERSION", description = "Default: the champion before this one.")
                    @Nullable
                    String to)
            throws IOException, ControlFailure, InterruptedException {
        options.with("segment", segment).with("to", to).act(path(slot) + "/roll-back", ModelPages::champion);
    }

    @Command(
            name = "retire",
            description = {
                "Takes a version out of service: no server loads it any more, and nothing can point at it.",
                "Refused while it is champion, takes part in an experiment, or may have to come back."
            },
            mixinStandardHelpOptions = true)
    void retire(
            @Mixin ActOptions options,
            @Parameters(paramLabel = "SLOT") String slot,
            @Parameters(paramLabel = "VERSION") String version)
            throws IOException, ControlFailure, InterruptedException {
        options.act(
                path(slot) + "/versions/" + encode(version) + "/retire",
                _ -> slot + "/" + version + " is retired: no server loads it any more");
    }

    @Command(
            name = "restore",
            description = "Brings a retired version back: servers load it again.",
            mixinStandardHelpOptions = true)
    void restore(
            @Mixin ActOptions options,
            @Parameters(paramLabel = "SLOT") String slot,
            @Parameters(paramLabel = "VERSION") String version)
            throws IOException, ControlFailure, InterruptedException {
        options.act(
                path(slot) + "/versions/" + encode(version) + "/restore",
                _ -> slot + "/" + version + " is back: servers load it again");
    }

    @Command(
            name = "delete",
            description = "Removes a version that never served, such as one whose file cannot be loaded.",
            mixinStandardHelpOptions = true)
    void delete(
            @Mixin ActOptions options,
            @Parameters(paramLabel = "SLOT") String slot,
            @Parameters(paramLabel = "VERSION") String version)
            throws IOException, ControlFailure, InterruptedException {
        options.delete(
                path(slot) + "/versions/" + encode(version),
                slot + "/" + version + " is deleted; its name is free again");
    }

    private static String path(String slot) {
        return "/api/slots/" + encode(slot);
    }

    private static String onlySlot(ControlClient control) throws ControlFailure, InterruptedException {
        JsonNode slots = control.get("/api/slots");
        if (slots.size() != 1) {
            throw new InvalidInput(
                    "SLOT", slots.isEmpty() ? "there is no slot yet" : "expected one of " + names(slots, "name"));
        }
        return slots.get(0).path("name").asText();
    }

    private static String names(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(element -> element.path(field).asText())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
