package dev.ringside.metrics.archive;

import java.io.IOException;

/** The archive is not what was published. The message names the file or the gap, what was expected and what was found. */
public final class ArchiveDamage extends IOException {
    private static final long serialVersionUID = 1L;

    ArchiveDamage(String message) {
        super(message);
    }
}
