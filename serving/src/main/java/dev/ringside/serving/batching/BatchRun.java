package dev.ringside.serving.batching;

/**
 * A run that gave outputs, as one meter is told of it.
 *
 * @param requests how many of the meter's requests took part
 * @param rows the rows of these
 * @param batchRows the rows of all that took part
 * @param inputNanos how long laying the inputs took
 * @param inferNanos how long the model took
 * @param outputNanos how long taking the outputs took
 */
public record BatchRun(int requests, long rows, long batchRows, long inputNanos, long inferNanos, long outputNanos) {}
