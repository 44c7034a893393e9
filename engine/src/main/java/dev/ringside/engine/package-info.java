/** What opens a model file and runs it; one engine for each format. */
@NullMarked
package dev.ringside.engine;

import org.jspecify.annotations.NullMarked;
