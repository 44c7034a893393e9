package dev.ringside.app.fuzz;

import org.jspecify.annotations.Nullable;

/**
 * How a request went.
 *
 * @param answer what it was answered, such as {@code REST 400}
 * @param violation what the server must not do and did; null if nothing
 */
record Answered(String answer, @Nullable String violation) {}
