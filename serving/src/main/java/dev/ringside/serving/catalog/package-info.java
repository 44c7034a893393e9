/**
 * The versions that the routing table names: fetched, verified, warmed, served, drained, closed.
 *
 * <p>Who owns which thread, and what may block:
 *
 * <ul>
 *   <li>{@code serving-catalog} alone moves versions from state to state ({@code Reconciler}, {@code Fetches}, {@code
 *       Loads}, {@code Transitions}). It takes messages and never blocks: no file, no network, no native code.
 *   <li>{@code serving-fetch}, a virtual thread for each attempt, may block on network and disk, and is interrupted when its
 *       time is up.
 *   <li>{@code serving-load}, a platform thread for each load, may block in native code. Nobody can stop it: one that is
 *       overdue is left to itself, and what it brings later is taken or closed.
 *   <li>The instances of a model file's {@code Batcher} run requests, each on a thread of its own ({@code
 *       dev.ringside.serving.batching} says more). A caller waits until its call's deadline and no longer.
 *   <li>Any thread may call {@code Catalog}: what it reads is a snapshot that the catalog's thread publishes.
 * </ul>
 */
@NullMarked
package dev.ringside.serving.catalog;

import org.jspecify.annotations.NullMarked;
