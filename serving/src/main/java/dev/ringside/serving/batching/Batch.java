package dev.ringside.serving.batching;

import java.util.List;

/**
 * Requests that an instance runs together.
 *
 * @param instance where
 * @param tickets at least one
 */
record Batch(Instance instance, List<Ticket> tickets) {}
