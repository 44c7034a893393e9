/** The platform as the demo runs it: child processes of the packaged application, their memory and their end. */
@NullMarked
package dev.ringside.app.demo.platform;

import org.jspecify.annotations.NullMarked;
