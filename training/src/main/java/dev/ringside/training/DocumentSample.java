package dev.ringside.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The document that {@code train --help} shows: every section of it, with what it is for. */
final class DocumentSample {
    private static final String FILE = "document.yaml";

    private DocumentSample() {}

    /** The document, as it is written. */
    private static String text() {
        try (InputStream file = DocumentSample.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing beside " + DocumentSample.class.getName());
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a help page, with the document before those that stand there already. */
    static String[] before(String... footer) {
        List<String> lines = new ArrayList<>(List.of("", "The configuration:"));
        // A percent sign begins a format in a help page.
        text().lines().forEach(line -> lines.add("  " + line.replace("%", "%%")));
        lines.addAll(List.of(footer));
        return lines.toArray(String[]::new);
    }
}
