package dev.ringside.app.command;

import dev.ringside.app.control.Document;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every act: the reason that is kept in the audit. */
final class Why {
    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, kept in the audit.")
    private @Nullable String text;

    /** The body of an act: the fields that are given, and the reason. */
    Document with(Map<String, @Nullable String> fields) {
        var body = new TreeMap<String, Object>();
        fields.forEach((name, value) -> {
            if (value != null) {
                body.put(name, value);
            }
        });
        if (text != null) {
            body.put("why", text);
        }
        return Document.json(body);
    }
}
