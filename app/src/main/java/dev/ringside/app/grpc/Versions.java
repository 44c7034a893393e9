package dev.ringside.app.grpc;

import org.jspecify.annotations.Nullable;

/** Names of versions in messages, in which none is an empty text. */
final class Versions {
    private Versions() {}

    /** The name; null if there is none. */
    static @Nullable String named(String text) {
        return text.isEmpty() ? null : text;
    }
}
