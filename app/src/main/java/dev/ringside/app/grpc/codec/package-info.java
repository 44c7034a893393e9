/** What the protocol's messages say, read and written. */
@NullMarked
package dev.ringside.app.grpc.codec;

import org.jspecify.annotations.NullMarked;
