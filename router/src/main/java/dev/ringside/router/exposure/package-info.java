/** What units were shown: prediction events, their local spool, its way to the event log, and marks. */
@NullMarked
package dev.ringside.router.exposure;

import org.jspecify.annotations.NullMarked;
