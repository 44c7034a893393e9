/**
 * The attribution core inside Kafka Streams: one instance a partition, exactly once.
 *
 * <p>Threads: those of Kafka Streams, each the owner of its tasks and their stores. One that dies is replaced and begins
 * again at the last commit.
 */
@NullMarked
package dev.ringside.metrics.streams;

import org.jspecify.annotations.NullMarked;
