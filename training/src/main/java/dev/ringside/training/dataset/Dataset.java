package dev.ringside.training.dataset;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a training, in parts.
 *
 * @param train the rows that the model is fitted to
 * @param validation the rows that early stopping watches; null if the split has none
 * @param test the rows that the metrics are computed on
 * @param outside how many rows of the source are of other times than the parts, and were left out
 * @param sha256 digest of the data file
 */
public record Dataset(Rows train, @Nullable Rows validation, Rows test, long outside, String sha256) {}
