/**
 * Features of a slot: inputs that its callers do not send, which are fetched before a unit is assigned. They may be late
 * or not there at all; then their defaults are taken, and the event says so.
 */
@NullMarked
package dev.ringside.router.feature;

import org.jspecify.annotations.NullMarked;
