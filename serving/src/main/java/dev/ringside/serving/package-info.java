/** The model server: which versions are loaded, and what runs them. */
@NullMarked
package dev.ringside.serving;

import org.jspecify.annotations.NullMarked;
