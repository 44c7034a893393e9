/** What the parts of a process show of themselves at {@code /q/metrics}. */
@NullMarked
package dev.ringside.app.meters;

import org.jspecify.annotations.NullMarked;
