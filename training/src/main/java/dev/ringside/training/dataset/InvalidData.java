package dev.ringside.training.dataset;

import java.util.List;

/** Data that cannot be trained on, with every problem that was found. */
public final class InvalidData extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * @param subject what was read
     * @param problems one sentence each
     */
    public InvalidData(String subject, List<String> problems) {
        super(subject + ":\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence each. */
    public List<String> problems() {
        return problems;
    }
}
