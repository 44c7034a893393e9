/** The way of outcomes into the log: checked, stamped, acknowledged, marked. */
@NullMarked
package dev.ringside.metrics.ingest;

import org.jspecify.annotations.NullMarked;
