/** The embedded Kafka broker, in a process and on a class path of its own. */
@org.jspecify.annotations.NullMarked
package dev.ringside.broker;
