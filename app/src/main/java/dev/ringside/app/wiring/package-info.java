/**
 * Which objects a process has by its roles, and in which order they start and stop.
 *
 * <p>Threads: each part has a feed, whose thread hands it what the topic {@code routing} says; a part that blocks there
 * keeps only itself waiting.
 */
@NullMarked
package dev.ringside.app.wiring;

import org.jspecify.annotations.NullMarked;
