/** The attribution core inside Kafka Streams: one instance a partition, exactly once. */
@NullMarked
package dev.ringside.metrics.streams;

import org.jspecify.annotations.NullMarked;
