/**
 * Traces of predictions, as OpenTelemetry knows them, joined to the trace of whoever asks. Off, it makes nothing and loads
 * nothing of OpenTelemetry.
 *
 * <p>Threads: a request is begun, answered and closed by the one thread that works for it, on which it is the current one;
 * a {@code CallTrace} is told of its run by any.
 */
@NullMarked
package dev.ringside.app.tracing;

import org.jspecify.annotations.NullMarked;
