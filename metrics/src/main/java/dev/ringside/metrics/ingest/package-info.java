/**
 * The way of outcomes into the log: checked, stamped, acknowledged, marked.
 *
 * <p>Threads: a post is taken on its caller's thread, which waits for the log, 30 s at most. One thread of its own writes
 * the marks, and waits for the log as long as it takes; what it and the posts share is {@code ReceiptTimes}.
 */
@NullMarked
package dev.ringside.metrics.ingest;

import org.jspecify.annotations.NullMarked;
