package dev.ringside.app.command;

import static dev.ringside.app.control.ControlPlane.encode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.control.ControlFailure;
import dev.ringside.app.control.ControlPlane;
import dev.ringside.app.terminal.Table;
import dev.ringside.contract.InvalidInput;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringside models}: a slot's versions, and which of them is its champion. */
@Command(name = "models", description = "Shows a slot's versions and moves its champion pointer.")
final class ModelsCommand extends Group {

    @Command(name = "list", description = "Lists a slot's versions.", mixinStandardHelpOptions = true)
    void list(
            @Mixin ControlOptions options,
            @Parameters(paramLabel = "SLOT", arity = "0..1", description = "Default: the only slot.") @Nullable
                    String slot)
            throws IOException, ControlFailure, InterruptedException {
        ControlPlane control = options.controlPlane();
        String name = slot == null ? onlySlot(control) : slot;
        options.print(control.get(path(name) + "/versions"), ModelsCommand::table);
    }

    @Command(name = "show", description = "Shows one version.", mixinStandardHelpOptions = true)
    void show(
            @Mixin ControlOptions options,
            @Parameters(paramLabel = "SLOT") String slot,
            @Parameters(paramLabel = "VERSION") String version)
            throws IOException, ControlFailure, InterruptedException {
        JsonNode versions = options.controlPlane().get(path(slot) + "/versions");
        for (JsonNode candidate : versions) {
            if (candidate.path("version").asText().equals(version)) {
                options.print(candidate, Fields::of);
                return;
            }
        }
        throw new ControlFailure.Refused(
                404, "slot '" + slot + "' has no version '" + version + "'; it has " + names(versions, "version"));
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
                .act(path(slot) + "/champion", Fields::of);
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
        options.with("segment", segment).with("to", to).act(path(slot) + "/roll-back", Fields::of);
    }

    private static String path(String slot) {
        return "/api/slots/" + encode(slot);
    }

    private static String onlySlot(ControlPlane control) throws ControlFailure, InterruptedException {
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

    private static String table(JsonNode versions) {
        var table = Table.of("VERSION", "DIGEST", "TEST AUC", "READY", "CHAMPION OF", "REGISTERED", "BY");
        for (JsonNode version : versions) {
            JsonNode auc = version.path("metrics").path("test_auc");
            table.row(
                    version.path("version").asText(),
                    Fields.digest(version.path("sha256")),
                    auc.isNumber() ? String.format(Locale.ROOT, "%.4f", auc.doubleValue()) : null,
                    version.path("ready").asBoolean() ? "yes" : "no",
                    Fields.joined(version.path("champion_of")),
                    version.path("registered_at").asText(),
                    version.path("registered_by").asText());
        }
        return table.isEmpty() ? "no version yet: train one with 'ringside train CONFIG.yaml'" : table.toString();
    }
}
