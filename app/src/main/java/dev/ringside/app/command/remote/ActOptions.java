package dev.ringside.app.command.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.app.client.Document;
import java.io.Console;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of every command that acts: those of all, who acts, and the reason, which is kept in the audit. */
class ActOptions extends ReadOptions {
    @Option(names = "--as", paramLabel = "NAME", description = "Who acts, for the audit. Default: the system's user.")
    private String actor = System.getProperty("user.name");

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            description = "The reason, kept in the audit. On a terminal it is asked for where it is missing.")
    private @Nullable String why;

    private static final int MALFORMED = 400;

    private final Map<String, Object> order = new TreeMap<>();

    @Override
    final String actor() {
        return actor;
    }

    /** Says something more precisely; null says nothing. */
    final ActOptions with(String field, @Nullable Object value) {
        if (value != null) {
            order.put(field, value);
        }
        return this;
    }

    /** Orders the act of an address, and says in a line what has become of it. */
    final void act(String path, Function<JsonNode, String> forPeople)
            throws IOException, ControlFailure, InterruptedException {
        with("why", reason());
        print(controlPlane().post(path, Document.json(order)), forPeople);
    }

    /** Removes what is at an address, and says so in a line. */
    final void delete(String path, String done) throws IOException, ControlFailure, InterruptedException {
        JsonNode answer = controlPlane().delete(path + "?why=" + ControlClient.encode(reason()));
        print(answer, _ -> done);
    }

    /** Puts a document into a collection, under its name, and says in a line what has become of it. */
    final void apply(String collection, DocumentFile.Named named, Function<JsonNode, String> forPeople)
            throws IOException, ControlFailure, InterruptedException {
        String path = collection + "/" + ControlClient.encode(named.name()) + "?why=" + ControlClient.encode(reason());
        JsonNode answer;
        try {
            answer = controlPlane().put(path, named.document());
        } catch (ControlFailure.Refused refused) {
            if (refused.status() == MALFORMED) {
                throw MistakenDocument.of(
                        named.called(),
                        String.valueOf(refused.getMessage()).lines().toList());
            }
            throw refused;
        }
        print(answer, forPeople);
    }

    /** The reason: said, or asked for where somebody can answer. */
    final String reason() {
        String said = why;
        if (said == null) {
            // Depending on the release there is no console where nobody looks, or one that is no terminal.
            said = Optional.ofNullable(System.console())
                    .filter(Console::isTerminal)
                    .map(console -> console.readLine("why? "))
                    .orElse(null);
        }
        if (said == null || said.isBlank()) {
            throw new ParameterException(
                    command().commandLine(), "--why is missing: say the reason, it is kept in the audit");
        }
        return said;
    }
}
