/**
 * TorchScript files: an {@link dev.ringside.engine.Engine} whose models run in a process of their own, as DJL's libtorch can
 * share none with the trainer's and must not end the server when it crashes. The process is {@code dev.ringside.torchscript};
 * it is started with the first model and serves all of them.
 *
 * <p>Threads: a run blocks the thread that makes it, on a connection that no other uses meanwhile.
 */
@NullMarked
package dev.ringside.app.torchscript;

import org.jspecify.annotations.NullMarked;
