/** The command line's verbs. */
@NullMarked
package dev.ringside.app.command;

import org.jspecify.annotations.NullMarked;
