/** The control plane as its clients on the command line see it: over HTTP. */
@NullMarked
package dev.ringside.app.client;

import org.jspecify.annotations.NullMarked;
