/** The one packaged application: roles, wiring, embedded parts, command line, dashboard. */
@NullMarked
package dev.ringside.app;

import org.jspecify.annotations.NullMarked;
