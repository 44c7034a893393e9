package dev.ringside.app.command;

import static dev.ringside.app.control.ControlPlane.encode;

import dev.ringside.app.control.ControlFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringside experiments}: what runs, how it stands, and everything that policy can do, by hand. */
@Command(
        name = "experiments",
        description = "Shows experiments and starts, stops, promotes or rolls back their regions.")
final class ExperimentsCommand extends Group {
    private static final String EXPERIMENTS = "/api/experiments";

    @Command(name = "list", description = "Lists the experiments.", mixinStandardHelpOptions = true)
    void list(@Mixin ControlOptions options) throws IOException, ControlFailure, InterruptedException {
        options.show(EXPERIMENTS, ExperimentPages::list);
    }

    @Command(name = "show", description = "Shows how an experiment stands.", mixinStandardHelpOptions = true)
    void show(@Mixin ControlOptions options, @Parameters(paramLabel = "EXPERIMENT") String experiment)
            throws IOException, ControlFailure, InterruptedException {
        options.show(EXPERIMENTS + "/" + encode(experiment), ExperimentPages::page);
    }

    @Command(
            name = "apply",
            description = "Makes an experiment, or changes it, as a document says.",
            mixinStandardHelpOptions = true)
    void apply(@Mixin ControlOptions options, @Mixin DocumentFile file)
            throws IOException, ControlFailure, InterruptedException {
        options.apply(EXPERIMENTS, file, ExperimentPages::page);
    }

    @Command(
            name = "start",
            description = "Starts an experiment's first wave; or one region, ahead of its wave or again.",
            mixinStandardHelpOptions = true)
    void start(@Mixin RegionOptions region) throws IOException, ControlFailure, InterruptedException {
        region.act("start");
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
            with("segment", segment).act(EXPERIMENTS + "/" + encode(experiment) + "/" + verb, ExperimentPages::page);
        }
    }
}
