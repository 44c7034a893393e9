/**
 * Sends a model server requests and files that are nearly right, by REST, in binary and by gRPC, and looks whether it bears
 * them: {@code ringside bench fuzz}. Each request follows from the seed and its number alone. The server is a process of its
 * own; {@link dev.ringside.app.fuzz.Fuzz} starts one thread for each sender, which waits for its answers.
 */
@NullMarked
package dev.ringside.app.fuzz;

import org.jspecify.annotations.NullMarked;
