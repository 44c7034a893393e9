package dev.ringside.training.configuration;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files that whoever starts a training gives it beside its document.
 *
 * @param data the data file to take in place of the document's; null for that one
 * @param served the requests of a platform's log that {@code drift.log} asks for; null where nobody found them
 */
public record GivenFiles(@Nullable Path data, @Nullable Path served) {
    /** Perhaps a data file, and nothing else. */
    public static GivenFiles data(@Nullable Path data) {
        return new GivenFiles(data, null);
    }
}
