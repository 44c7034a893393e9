/** What will not come back: writers of events, so that nobody waits for them, and versions that nothing names. */
@NullMarked
package dev.ringside.experiments.retirement;

import org.jspecify.annotations.NullMarked;
