package dev.ringside.app.command;

import static dev.ringside.app.control.ControlPlane.encode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.control.ControlFailure;
import java.io.IOException;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringside experiments}: what runs, how it stands, and everything that policy can do, by hand. */
@Command(
        name = "experiments",
        description = "Shows experiments and starts, stops, promotes or rolls back their regions.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ExperimentsCommand extends Group {
    private static final String EVERY_REGION = "Default: every region.";

    @Command(name = "list", description = "Lists the experiments.", mixinStandardHelpOptions = true)
    void list(@Mixin ControlOptions options) throws IOException, ControlFailure, InterruptedException {
        options.print(options.controlPlane().get("/api/experiments"), ExperimentPages::list);
    }

    @Command(name = "show", description = "Shows how an experiment stands.", mixinStandardHelpOptions = true)
    void show(@Mixin ControlOptions options, @Parameters(paramLabel = "EXPERIMENT") String experiment)
            throws IOException, ControlFailure, InterruptedException {
        options.print(options.controlPlane().get(path(experiment)), ExperimentPages::page);
    }

    @Command(
            name = "apply",
            description = "Makes an experiment, or changes it, as a document says.",
            mixinStandardHelpOptions = true)
    void apply(@Mixin ControlOptions options, @Mixin DocumentFile file)
            throws IOException, ControlFailure, InterruptedException {
        DocumentFile.Named named = file.read();
        options.print(options.controlPlane().put(path(named.name()), named.document()), ExperimentPages::page);
    }

    @Command(
            name = "start",
            description = "Starts an experiment's first wave; or one region, ahead of its wave or again.",
            mixinStandardHelpOptions = true)
    void start(
            @Mixin ControlOptions options,
            @Mixin Why why,
            @Parameters(paramLabel = "EXPERIMENT") String experiment,
            @Option(names = "--segment", description = "Default: the first wave.") @Nullable String segment)
            throws IOException, ControlFailure, InterruptedException {
        act(options, why, experiment, "start", segment);
    }

    @Command(
            name = "stop",
            description = "Ends enrolment without a verdict; the champion stays.",
            mixinStandardHelpOptions = true)
    void stop(
            @Mixin ControlOptions options,
            @Mixin Why why,
            @Parameters(paramLabel = "EXPERIMENT") String experiment,
            @Option(names = "--segment", description = EVERY_REGION) @Nullable String segment)
            throws IOException, ControlFailure, InterruptedException {
        act(options, why, experiment, "stop", segment);
    }

    @Command(
            name = "promote",
            description = "Makes the challenger the champion where it is tried, whatever the evidence says.",
            mixinStandardHelpOptions = true)
    void promote(
            @Mixin ControlOptions options,
            @Mixin Why why,
            @Parameters(paramLabel = "EXPERIMENT") String experiment,
            @Option(names = "--segment", description = EVERY_REGION) @Nullable String segment)
            throws IOException, ControlFailure, InterruptedException {
        act(options, why, experiment, "promote", segment);
    }

    @Command(
            name = "roll-back",
            description = "Ends the challenger; takes a promotion of it back.",
            mixinStandardHelpOptions = true)
    void rollBack(
            @Mixin ControlOptions options,
            @Mixin Why why,
            @Parameters(paramLabel = "EXPERIMENT") String experiment,
            @Option(names = "--segment", description = EVERY_REGION) @Nullable String segment)
            throws IOException, ControlFailure, InterruptedException {
        act(options, why, experiment, "roll-back", segment);
    }

    private static void act(ControlOptions options, Why why, String experiment, String verb, @Nullable String segment)
            throws IOException, ControlFailure, InterruptedException {
        var fields = new HashMap<String, @Nullable String>();
        fields.put("segment", segment);
        JsonNode answer = options.controlPlane().post(path(experiment) + "/" + verb, why.with(fields));
        options.print(answer, ExperimentPages::page);
    }

    private static String path(String experiment) {
        return "/api/experiments/" + encode(experiment);
    }
}
