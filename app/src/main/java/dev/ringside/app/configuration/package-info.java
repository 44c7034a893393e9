/** The configuration: its keys, their defaults, and the check of all of it at start. */
@NullMarked
package dev.ringside.app.configuration;

import org.jspecify.annotations.NullMarked;
