/**
 * What units were shown: prediction events, their local spool, its way to the event log, and marks.
 *
 * <p>Who owns which thread, and what may block:
 *
 * <ul>
 *   <li>Requests' threads call {@code Exposures}. They wait for the spool's lock and a write into the page cache, never for
 *       the log.
 *   <li>{@code ringside-shipper} alone reads the spool's files, sends, and marks ({@code Shipping}, {@code Lanes}, {@code
 *       Marks}). It waits for work, not for acknowledgements: those come on the log's threads, which only queue them.
 *   <li>{@code EventTimes} is shared by both under a lock of its own; nothing is written while it is held.
 * </ul>
 */
@NullMarked
package dev.ringside.router.exposure;

import org.jspecify.annotations.NullMarked;
