/**
 * Models that other servers serve: any server of the Open Inference Protocol v2, over REST or gRPC, is an {@link
 * dev.ringside.engine.Engine} like the one for files. What is registered is a {@link
 * dev.ringside.app.foreign.ForeignModel}, a document that says where the model is.
 *
 * <p>Threads: a call blocks the instance's thread that makes it, no longer than the document allows.
 */
@NullMarked
package dev.ringside.app.foreign;

import org.jspecify.annotations.NullMarked;
