package dev.ringside.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.control.ControlFailure;
import dev.ringside.app.control.ControlPlane;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that speaks to a control plane: which one, as whom, and how the answer is shown. */
class ControlOptions {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--as", paramLabel = "NAME", description = "Who acts, for the audit. Default: the system's user.")
    private String actor = System.getProperty("user.name");

    @Option(names = "--json", description = "Print the API's JSON.")
    private boolean json;

    /** The control plane that is meant. */
    final ControlPlane controlPlane() throws IOException {
        return new ControlPlane(server.address(), actor, PATIENCE);
    }

    /** Prints what is at an address of the API. */
    final void show(String path, Function<JsonNode, String> forPeople)
            throws IOException, ControlFailure, InterruptedException {
        print(controlPlane().get(path), forPeople);
    }

    /** Puts a document into a collection, under its name, and prints what has become of it. */
    final void apply(String collection, DocumentFile file, Function<JsonNode, String> forPeople)
            throws IOException, ControlFailure, InterruptedException {
        DocumentFile.Named named = file.read();
        String path = collection + "/" + ControlPlane.encode(named.name());
        print(controlPlane().put(path, named.document()), forPeople);
    }

    /** Prints an answer: as it is for scripts, else as text. */
    final void print(JsonNode answer, Function<JsonNode, String> forPeople) {
        String text = json ? Json.pretty(answer) : forPeople.apply(answer).stripTrailing();
        command.commandLine().getOut().println(text);
    }
}
