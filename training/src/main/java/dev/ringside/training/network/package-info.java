/** A feed-forward network, trained by libtorch. */
@NullMarked
package dev.ringside.training.network;

import org.jspecify.annotations.NullMarked;
