/** The router's own endpoints: its state, and break-glass. */
@NullMarked
package dev.ringside.router.api;

import org.jspecify.annotations.NullMarked;
