/** What a model server and its process for TorchScript say to each other, and what a TorchScript file says of itself. */
@NullMarked
package dev.ringside.contract.torchscript;

import org.jspecify.annotations.NullMarked;
