package dev.ringside.app.tracing;

import org.jspecify.annotations.Nullable;

/** Reads the headers of a request. */
@FunctionalInterface
public interface HeaderReader<C> {
    /** A header's value; null if it has none of that name. */
    @Nullable
    String read(C request, String name);
}
