/** The commands that ask a running control plane, and how its answers are shown to people. */
@NullMarked
package dev.ringside.app.command.remote;

import org.jspecify.annotations.NullMarked;
