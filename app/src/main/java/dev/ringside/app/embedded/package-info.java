/** PostgreSQL, Kafka and Redis started on this machine where no address is configured: real servers, one data folder. */
@NullMarked
package dev.ringside.app.embedded;

import org.jspecify.annotations.NullMarked;
