package dev.ringside.training.configuration;

import java.util.List;

/** A training configuration that breaks rules, with every problem that was found. */
public final class InvalidConfiguration extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * @param document the document's name
     * @param problems one sentence each, beginning with the field's path
     */
    public InvalidConfiguration(String document, List<String> problems) {
        super(document + ":\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence each, beginning with the field's path. */
    public List<String> problems() {
        return problems;
    }
}
