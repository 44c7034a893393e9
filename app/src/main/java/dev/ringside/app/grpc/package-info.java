/**
 * The Open Inference Protocol over gRPC, with Triton's extensions: the same questions as over HTTP, to the same {@link
 * dev.ringside.app.http.InferenceFrontEnd} and {@link dev.ringside.app.http.ModelRepository}, with the same refusals.
 *
 * <p>Threads: each call has a virtual one, on which it waits for its answer.
 */
@NullMarked
package dev.ringside.app.grpc;

import org.jspecify.annotations.NullMarked;
