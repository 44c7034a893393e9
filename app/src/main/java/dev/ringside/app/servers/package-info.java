/**
 * Kafka, PostgreSQL and Redis as this process sees them: whether they answer, and since when they do not. Each has a thread of its
 * own that asks it each second; nothing waits for these threads, and what they know is read by any thread.
 */
@NullMarked
package dev.ringside.app.servers;

import org.jspecify.annotations.NullMarked;
