/**
 * Adapters of the modules' ports to Kafka.
 *
 * <p>Threads: each reader of a topic has one, on which its receiver is called; it may block, and then its topic waits and
 * no other. A writer is used by any thread and blocks none for longer than Kafka's client does while it has no metadata.
 */
@NullMarked
package dev.ringside.app.kafka;

import org.jspecify.annotations.NullMarked;
