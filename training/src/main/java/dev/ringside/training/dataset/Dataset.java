package dev.ringside.training.dataset;

/**
 * What was read.
 *
 * @param rows the rows
 * @param outside how many rows of the source were left out, as their times are in no part of the split
 * @param sha256 digest of every file that they came from
 */
public record Dataset(Table rows, long outside, String sha256) {}
