/** Adapters of the modules' ports to Kafka. */
@NullMarked
package dev.ringside.app.kafka;

import org.jspecify.annotations.NullMarked;
