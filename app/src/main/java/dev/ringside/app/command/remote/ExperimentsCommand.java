package dev.ringside.app.command.remote;

import static dev.ringside.app.client.ControlClient.encode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.ControlFailure;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringside experiments}: what runs, how it stands, and everything that policy can do, by hand. */
@Command(
        name = "experiments",
        description = "Shows experiments, and does by hand all that policy can do to their regions.",
        subcommands = LintCommand.class)
public final class ExperimentsCommand extends CommandGroup {
    private static final String EXPERIMENTS = "/api/experiments";

    @Command(name = "list", description = "Lists the experiments.", mixinStandardHelpOptions = true)
    void list(@Mixin ReadOptions options) throws IOException, ControlFailure, InterruptedException {
        options.show(EXPERIMENTS, ExperimentPages::list);
    }

    @Command(name = "show", description = "Shows how an experiment stands.", mixinStandardHelpOptions = true)
    void show(@Mixin ReadOptions options, @Parameters(paramLabel = "EXPERIMENT") String experiment)
            throws IOException, ControlFailure, InterruptedException {
        options.show(EXPERIMENTS + "/" + encode(experiment), ExperimentPages::page);
    }

    @Command(
            name = "apply",
            description = "Makes an experiment, or changes it, as a document says.",
            mixinStandardHelpOptions = true)
    void apply(@Mixin ActOptions options, @Mixin DocumentFile file)
            throws IOException, ControlFailure, InterruptedException {
        DocumentFile.Named named = file.read();
        options.apply(EXPERIMENTS, named, answer -> ExperimentLines.applied(answer, named));
    }

    @Command(
            name = "start",
            description = "Starts an experiment's first wave; or one region, ahead of its wave or again.",
            mixinStandardHelpOptions = true)
    void start(@Mixin RegionOptions region) throws IOException, ControlFailure, InterruptedException {
        region.order("start", ExperimentLines::started);
    }

    @Command(
            name = "stop",
            description = "Ends enrolment without a verdict; the champion stays.",
            mixinStandardHelpOptions = true)
    void stop(@Mixin RegionOptions region) throws IOException, ControlFailure, InterruptedException {
        region.act("stop");
    }

    @Command(
            name = "promote",
            description = "Makes the challenger the champion where it is tried, whatever the evidence says.",
            mixinStandardHelpOptions = true)
    void promote(@Mixin RegionOptions region) throws IOException, ControlFailure, InterruptedException {
        region.act("promote");
    }

    @Command(
            name = "roll-back",
            description = "Ends the challenger; takes a promotion of it back.",
            mixinStandardHelpOptions = true)
    void rollBack(@Mixin RegionOptions region) throws IOException, ControlFailure, InterruptedException {
        region.act("roll-back");
    }

    @Command(
            name = "pause",
            description = "Gives everybody the champion for the time being.",
            mixinStandardHelpOptions = true)
    void pause(@Mixin RegionOptions region) throws IOException, ControlFailure, InterruptedException {
        region.act("pause");
    }

    @Command(
            name = "resume",
            description = "Goes on after a pause, as a new epoch: what came before it is not compared with what comes.",
            mixinStandardHelpOptions = true)
    void resume(@Mixin RegionOptions region) throws IOException, ControlFailure, InterruptedException {
        region.act("resume");
    }

    @Command(
            name = "end-holdback",
            description = "Gives the promoted version to those too who were held back.",
            mixinStandardHelpOptions = true)
    void endHoldback(@Mixin RegionOptions region) throws IOException, ControlFailure, InterruptedException {
        region.act("end-holdback");
    }

    @Command(
            name = "delete",
            description = "Removes a draft, an experiment that was never started.",
            mixinStandardHelpOptions = true)
    void delete(@Mixin ActOptions options, @Parameters(paramLabel = "EXPERIMENT") String experiment)
            throws IOException, ControlFailure, InterruptedException {
        options.delete(EXPERIMENTS + "/" + encode(experiment), "experiment " + experiment + " is deleted");
    }

    /** What an act is done to. */
    static final class RegionOptions extends ActOptions {
        @Parameters(paramLabel = "EXPERIMENT")
        private String experiment = "";

        @Option(
                names = "--segment",
                paramLabel = "SEGMENT",
                description = "Only this region. Default: the whole experiment.")
        private @Nullable String segment;

        void act(String verb) throws IOException, ControlFailure, InterruptedException {
            order(verb, ExperimentLines::acted);
        }

        void order(String verb, Function<JsonNode, String> words)
                throws IOException, ControlFailure, InterruptedException {
            with("segment", segment).act(EXPERIMENTS + "/" + encode(experiment) + "/" + verb, words);
        }
    }
}
