/** Making every verdict again from the archive. */
@NullMarked
package dev.ringside.app.replay;

import org.jspecify.annotations.NullMarked;
