/**
 * The process that runs TorchScript files: DJL's PyTorch engine behind the messages of {@code contract.torchscript}.
 *
 * <p>Threads: one for each connection, on which its model runs; several run one model at the same time.
 */
@NullMarked
package dev.ringside.torchscript;

import org.jspecify.annotations.NullMarked;
