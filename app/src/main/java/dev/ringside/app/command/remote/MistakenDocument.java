package dev.ringside.app.command.remote;

import java.io.Serial;
import java.util.List;
import java.util.regex.Pattern;

/** A document that cannot be applied, or options that do not fit it: each mistake in a line of its own. */
public final class MistakenDocument extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final Pattern FIELD = Pattern.compile("^'([^']*)': ");

    private MistakenDocument(String message) {
        super(message);
    }

    /**
     * Of the mistakes that were found.
     *
     * @param what has them, such as a file's name
     * @param mistakes at least one, as {@code 'field': what is wrong}
     */
    static MistakenDocument of(String what, List<String> mistakes) {
        List<String> plain = mistakes.stream()
                .map(mistake -> FIELD.matcher(mistake).replaceFirst("$1: "))
                .toList();
        return new MistakenDocument(
                plain.size() == 1
                        ? what + ": " + plain.getFirst()
                        : what + " has " + plain.size() + " mistakes:\n  " + String.join("\n  ", plain));
    }
}
