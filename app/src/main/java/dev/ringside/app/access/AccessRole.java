package dev.ringside.app.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody who has proven who they are may do. */
public enum AccessRole {
    /** Reads everything that the dashboard shows. */
    VIEWER,
    /** Also registers models, and makes, starts, pauses and stops experiments. */
    EXPERIMENTER,
    /** May do everything, also what changes at once who is answered by what. */
    OPERATOR,
    /** A product service or another process of the platform: predictions, outcomes, model files. */
    SERVICE;

    /** The name as people write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a name; empty if there is none. */
    static Optional<AccessRole> of(String label) {
        return Stream.of(values()).filter(role -> role.label().equals(label)).findFirst();
    }
}
