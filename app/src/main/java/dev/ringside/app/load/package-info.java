/**
 * A load on a model server of our own, in a process apart from it, and what becomes of it: the served half of {@code
 * ringside bench serving}.
 */
@NullMarked
package dev.ringside.app.load;

import org.jspecify.annotations.NullMarked;
