package dev.ringside.app.configuration;

import java.util.Locale;

/** What a process does. */
public enum Role {
    /** Everything, with embedded parts where no address is configured. */
    ALL,
    /** The embedded parts alone. */
    NONE,
    /** Answers predictions. */
    ROUTER,
    /** Runs models. */
    SERVING,
    /** Takes outcomes. */
    INGEST,
    /** Joins and counts. */
    METRICS,
    /** The control plane. */
    EXPERIMENTS;

    /** The name as people write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a process with this role does what the other says. */
    public boolean includes(Role other) {
        return this == other || (this == ALL && other != NONE);
    }
}
