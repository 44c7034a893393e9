/**
 * The dynamic batcher: requests of one model wait in one bounded queue, and those that may be run together are.
 *
 * <p>Who owns which thread, and what may block:
 *
 * <ul>
 *   <li>Whoever calls {@code Batcher.submit}, {@code Ticket.cancel} or {@code Batcher.close} holds the batcher's only lock
 *       for a moment, in which nothing is waited for, run or answered. It may be a virtual thread: it blocks only when it
 *       waits for its ticket.
 *   <li>Each instance has a thread of its own, named after the model file and numbered from 1 ({@code
 *       serving-1a2b3c4d-1}), and its own memory and use of the session. It may block in native code, and nobody can stop
 *       it. It answers the tickets of its run, then takes the next batch. It ends after half a minute without work and
 *       comes again.
 *   <li>{@code serving-timer} wakes batchers: when a deadline passes, be it of a request that waits or of one whose run
 *       goes on, and when requests have been held long enough for others to join them. It only does what holds the lock
 *       for a moment, and answers what is late; so a run, however long, holds up no deadline.
 * </ul>
 *
 * <p>What hears of requests ({@code RequestListener}, {@code RunMeter}) is called on any of these threads and must not
 * block.
 */
@NullMarked
package dev.ringside.serving.batching;

import org.jspecify.annotations.NullMarked;
