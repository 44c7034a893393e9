package dev.ringside.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.control.ControlFailure;
import dev.ringside.app.control.Document;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that acts: those of all, and the reason that is kept in the audit. */
class ActOptions extends ControlOptions {
    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, kept in the audit.")
    private @Nullable String why;

    private final Map<String, String> order = new TreeMap<>();

    /** Says something more precisely; null says nothing. */
    final ActOptions with(String field, @Nullable String value) {
        if (value != null) {
            order.put(field, value);
        }
        return this;
    }

    /** Orders the act of an address, and prints what has become of it. */
    final void act(String path, Function<JsonNode, String> forPeople)
            throws IOException, ControlFailure, InterruptedException {
        with("why", why);
        print(controlPlane().post(path, Document.json(order)), forPeople);
    }
}
