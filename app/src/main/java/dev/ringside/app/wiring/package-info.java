/** Which objects a process has by its roles, and in which order they start and stop. */
@NullMarked
package dev.ringside.app.wiring;

import org.jspecify.annotations.NullMarked;
