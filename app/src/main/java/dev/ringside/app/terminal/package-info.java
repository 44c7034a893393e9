/** What people see while a command runs: tables and progress. */
@NullMarked
package dev.ringside.app.terminal;

import org.jspecify.annotations.NullMarked;
