/** The HTTP endpoints of the roles ingest and metrics. */
@NullMarked
package dev.ringside.metrics.api;

import org.jspecify.annotations.NullMarked;
