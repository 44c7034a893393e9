package dev.ringside.training;

import dev.ringside.training.run.RunFolder;
import dev.ringside.training.run.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which steps of a training a command does, and how what they make is kept. */
final class StepOptions {
    @Option(
            names = "--until",
            paramLabel = "STEP",
            defaultValue = "register",
            description = "Stop after this step: ${COMPLETION-CANDIDATES}. The same command without it goes on. What"
                    + " each step made is kept in SLOT/VERSION/run below --out, and done again only where the document,"
                    + " the data or the program changed.")
    private Step until = Step.REGISTER;

    @Option(
            names = "--from",
            paramLabel = "STEP",
            description = "Do this step and those behind it again, also where nothing changed.")
    private @Nullable Step from;

    @Option(
            names = "--checkpoint",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationOption.class,
            description =
                    "How often a fitting writes how far it is, so that one that was killed goes on and comes to the"
                            + " same model (${DEFAULT-VALUE}; 0s after every pass).")
    private Duration checkpoint = Duration.ofSeconds(10);

    /** The last step that is done. */
    Step until() {
        return until;
    }

    /** Whether a version comes of it. */
    boolean whole() {
        return until == Step.REGISTER;
    }

    /**
     * The run's folder, in which what is to be done again is forgotten.
     *
     * @param version the folder of the version
     */
    RunFolder open(Path version) {
        var folder = new RunFolder(version.resolve("run"), InstantSource.system(), checkpoint);
        try {
            if (from != null) {
                folder.forget(from);
            }
            return folder;
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }
}
