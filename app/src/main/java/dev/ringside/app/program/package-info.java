/** The programs that are packaged beside the application and run in processes of their own: where they are, how they start. */
@NullMarked
package dev.ringside.app.program;

import org.jspecify.annotations.NullMarked;
