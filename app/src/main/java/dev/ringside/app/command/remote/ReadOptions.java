package dev.ringside.app.command.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that speaks to a control plane: which one, and how its answer is shown. */
class ReadOptions {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "How to print the answer: table, or the API's own as json or yaml. Default: table.")
    private OutputFormat output = OutputFormat.TABLE;

    @Option(names = "--json", hidden = true, description = "The same as -o json.")
    private boolean json;

    /** Whom the control plane takes for the one who asks. */
    String actor() {
        return System.getProperty("user.name");
    }

    /** The control plane that is meant. */
    final ControlClient controlPlane() throws IOException, ControlFailure {
        return server.client(actor(), PATIENCE);
    }

    /** Prints what is at an address of the API. */
    final void show(String path, Function<JsonNode, String> forPeople)
            throws IOException, ControlFailure, InterruptedException {
        print(controlPlane().get(path), forPeople);
    }

    /** Prints an answer: as it is for scripts, else as text. */
    final void print(JsonNode answer, Function<JsonNode, String> forPeople) {
        OutputFormat format = json ? OutputFormat.JSON : output;
        say(format.write(answer, forPeople));
    }

    /** Prints a text. */
    final void say(String text) {
        command.commandLine().getOut().println(text);
    }

    /** The command that these are options of. */
    final CommandSpec command() {
        return command;
    }
}
