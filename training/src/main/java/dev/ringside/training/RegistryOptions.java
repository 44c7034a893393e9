package dev.ringside.training;

import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.progress.Progress;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What a command says of the control plane that a version is registered at. */
final class RegistryOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Register the version at this control plane. Default: $RINGSIDE_URL, else what ports.json"
                    + " names in the data folder (--data-dir DIR, default ~/.local/share/ringside), else"
                    + " http://127.0.0.1:7070. Before fitting, the slot, the version's name and the inputs are checked"
                    + " there. Where the address was not said and nobody answers, the version is only written, which is"
                    + " said first.")
    private @Nullable URI url;

    @Option(
            names = "--if-reachable",
            hidden = true,
            description = "Nobody said the address: where none answers, write.")
    private boolean ifReachable;

    @Option(names = "--offline", description = "Ask no control plane: only write the version.")
    private boolean offline;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "Who registers it, for the audit. Default: the system's user.")
    private String actor = System.getProperty("user.name");

    /** Refuses what is no address. */
    void check(CommandLine command) {
        if (url != null && !String.valueOf(url.getScheme()).matches("https?")) {
            throw new CommandLine.ParameterException(
                    command, "--url: expected an address such as http://127.0.0.1:7070, found " + url);
        }
    }

    /** The last step of a training, as the command has it. */
    Registration registration(TrainingConfiguration configuration, Path models, Progress progress) {
        return new Registration(configuration, models, actor, progress);
    }

    /**
     * Finds out before fitting where the version can be registered.
     *
     * @return the address; null where it is only written
     */
    @Nullable
    URI found(Registration registration, PrintWriter words) throws InterruptedException {
        URI said = offline ? null : url;
        return said != null && registration.check(said, ifReachable, words) ? said : null;
    }
}
