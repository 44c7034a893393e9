/** A platform that the demo or a bench runs for itself: child processes of the packaged application, their memory and their end. */
@NullMarked
package dev.ringside.app.platform;

import org.jspecify.annotations.NullMarked;
